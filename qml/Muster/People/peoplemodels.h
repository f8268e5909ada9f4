// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qml/Muster/Client/pagedmodel.h"
#include "qml/Muster/People/people.h"

namespace muster {

/// The accounts of the server, by name.
class AccountsModel : public PagedModel
{
    Q_OBJECT
    QML_ELEMENT
    /// A part of the name; empty: all.
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)

public:
    using PagedModel::PagedModel;

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    /// An empty AccountEntry where it is not among those that are shown.
    Q_INVOKABLE [[nodiscard]] muster::AccountEntry named(const QString &user) const;

signals:
    void textChanged();

protected:
    [[nodiscard]] QString method() const override { return QStringLiteral("Users.List"); }
    [[nodiscard]] QJsonObject params() const override;
    [[nodiscard]] Row read(const QJsonObject &item) const override;

private:
    QString m_text;
};

/// What belongs to one account, or to all.
class OwnedModel : public PagedModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("SessionsModel or ApiKeysModel")
    /// Whose; empty: everybody's, as far as one may see them.
    Q_PROPERTY(QString user READ user WRITE setUser NOTIFY userChanged FINAL)

public:
    using PagedModel::PagedModel;

    [[nodiscard]] QString user() const { return m_user; }
    void setUser(const QString &user);

signals:
    void userChanged();

protected:
    [[nodiscard]] QJsonObject params() const override;

private:
    QString m_user;
};

/// Open sessions, newest first.
class SessionsModel : public OwnedModel
{
    Q_OBJECT
    QML_ELEMENT

public:
    using OwnedModel::OwnedModel;

protected:
    [[nodiscard]] QString method() const override { return QStringLiteral("Sessions.List"); }
    [[nodiscard]] Row read(const QJsonObject &item) const override;
};

/// API keys, newest first.
class ApiKeysModel : public OwnedModel
{
    Q_OBJECT
    QML_ELEMENT

public:
    using OwnedModel::OwnedModel;

protected:
    [[nodiscard]] QString method() const override { return QStringLiteral("ApiKeys.List"); }
    [[nodiscard]] Row read(const QJsonObject &item) const override;
};

} // namespace muster
