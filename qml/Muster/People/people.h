// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/values.h"

#include <QJsonObject>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// An account as Users.List shows it. Times are ms since 1970.
struct AccountEntry
{
    Q_GADGET
    QML_VALUE_TYPE(account)
    Q_PROPERTY(QString user MEMBER user FINAL)
    Q_PROPERTY(QString role MEMBER role FINAL)
    Q_PROPERTY(bool hasPassword MEMBER hasPassword FINAL)
    Q_PROPERTY(double createdAt READ createdAtNumber FINAL)
    Q_PROPERTY(int sessions MEMBER sessions FINAL)
    Q_PROPERTY(int apiKeys MEMBER apiKeys FINAL)

public:
    QString user;
    QString role;
    bool hasPassword = false;
    qint64 createdAt = 0;
    int sessions = 0;
    int apiKeys = 0;

    [[nodiscard]] static AccountEntry fromJson(const QJsonObject &object);
    [[nodiscard]] double createdAtNumber() const { return double(createdAt); }
    bool operator==(const AccountEntry &) const = default;
};

/// An open session as Sessions.List shows it.
struct OpenSession
{
    Q_GADGET
    QML_VALUE_TYPE(openSession)
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString user MEMBER user FINAL)
    Q_PROPERTY(double createdAt READ createdAtNumber FINAL)
    Q_PROPERTY(double expiresAt READ expiresAtNumber FINAL)
    Q_PROPERTY(QString address MEMBER address FINAL)
    Q_PROPERTY(QString client MEMBER client FINAL)
    Q_PROPERTY(QString program READ program FINAL)
    Q_PROPERTY(bool current MEMBER current FINAL)

public:
    QString id;
    QString user;
    qint64 createdAt = 0;
    qint64 expiresAt = 0;
    QString address;
    QString client; ///< as the program calls itself
    bool current = false;

    [[nodiscard]] static OpenSession fromJson(const QJsonObject &object);
    /// The client in two words, such as "Firefox, Linux"; as it calls itself where that says nothing known.
    [[nodiscard]] QString program() const;
    [[nodiscard]] double createdAtNumber() const { return double(createdAt); }
    [[nodiscard]] double expiresAtNumber() const { return double(expiresAt); }
    bool operator==(const OpenSession &) const = default;
};

/// An API key as ApiKeys.List shows it.
struct ApiKey
{
    Q_GADGET
    QML_VALUE_TYPE(apiKey)
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString user MEMBER user FINAL)
    Q_PROPERTY(double createdAt READ createdAtNumber FINAL)
    Q_PROPERTY(double expiresAt READ expiresAtNumber FINAL)

public:
    QString id;
    QString name;
    QString user;
    qint64 createdAt = 0;
    qint64 expiresAt = 0; ///< 0: it does not end by itself

    [[nodiscard]] static ApiKey fromJson(const QJsonObject &object);
    [[nodiscard]] double createdAtNumber() const { return double(createdAt); }
    [[nodiscard]] double expiresAtNumber() const { return double(expiresAt); }
    bool operator==(const ApiKey &) const = default;
};

} // namespace muster
