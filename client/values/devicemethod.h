// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QString>

namespace muster {

/// A method that a device offers, from its OpenRPC document. Texts are cleaned.
struct DeviceMethod
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString group MEMBER group FINAL)
    Q_PROPERTY(QString summary MEMBER summary FINAL)
    Q_PROPERTY(QString description MEMBER description FINAL)
    Q_PROPERTY(QString worker MEMBER worker FINAL)
    Q_PROPERTY(QJsonObject paramsSchema MEMBER paramsSchema FINAL)

public:
    QString name;
    QString group; ///< what is before the dot; empty: nothing is
    QString summary;
    QString description;
    QString worker;           ///< the program on the bus that answers it; empty: the agent itself
    QJsonObject paramsSchema; ///< a JSON Schema of type object

    [[nodiscard]] static DeviceMethod fromJson(const QJsonObject &object);
    bool operator==(const DeviceMethod &) const = default;
};

} // namespace muster
