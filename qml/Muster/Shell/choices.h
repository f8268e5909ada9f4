// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QVariant>

class QQmlEngine;

namespace muster {

/// What a person has chosen for this window, by name, for whoever keeps it from one start to the next: "theme", "textSize", "language",
/// "utc", "letterKeys".
class Choices : public QObject
{
    Q_OBJECT

public:
    /// @param engine has the dashboard's modules; must outlive this
    explicit Choices(QQmlEngine *engine, QObject *parent = nullptr);

    [[nodiscard]] static QStringList names();
    [[nodiscard]] QVariant value(const QString &name) const;
    /// What does not fit (a file that somebody wrote in) is left as it is.
    void set(const QString &name, const QVariant &value);
    /// The window comes later than what was chosen for it. @param window root of Muster.Shell/Main
    void follow(QObject *window);

signals:
    void changed(const QString &name, const QVariant &value);

private slots:
    void tell();

private:
    struct Place
    {
        QPointer<QObject> object;
        QByteArray property;
    };
    [[nodiscard]] Place placeOf(const QString &name) const;
    void listen(const QString &name);

    QPointer<QObject> m_theme;
    QPointer<QObject> m_language;
    QPointer<QObject> m_format;
    QPointer<QObject> m_window;
    QVariantMap m_known;
    QVariant m_letterKeys;
};

} // namespace muster
