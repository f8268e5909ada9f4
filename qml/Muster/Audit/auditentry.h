// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// An entry as Audit.List shows it. Texts are cleaned: whoever was refused may have sent what they liked.
struct AuditEntry
{
    Q_GADGET
    QML_VALUE_TYPE(auditEntry)
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(double time READ timeNumber FINAL)
    Q_PROPERTY(QString actor MEMBER actor FINAL)
    Q_PROPERTY(QString address MEMBER address FINAL)
    Q_PROPERTY(QString method MEMBER method FINAL)
    Q_PROPERTY(QString target MEMBER target FINAL)
    Q_PROPERTY(QString outcome MEMBER outcome FINAL)
    Q_PROPERTY(bool ok READ isOk FINAL)
    Q_PROPERTY(QString detailText MEMBER detailText FINAL)

public:
    QString id;
    qint64 time = 0; ///< ms since 1970
    QString actor;
    QString address;
    QString method;
    QString target;
    QString outcome;    ///< "ok", or why it was refused
    QString detailText; ///< what was asked, as JSON; empty for nothing

    [[nodiscard]] static AuditEntry fromJson(const QJsonObject &object);
    [[nodiscard]] double timeNumber() const { return double(time); }
    [[nodiscard]] bool isOk() const { return outcome == QLatin1StringView("ok"); }
    bool operator==(const AuditEntry &) const = default;
};

} // namespace muster
