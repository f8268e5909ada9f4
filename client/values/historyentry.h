// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>

namespace muster {

/// Something that happened to a device, as the server has noted it.
struct HistoryEntry
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(qint64 time MEMBER time FINAL)
    Q_PROPERTY(QString kind MEMBER kind FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString text MEMBER text FINAL)
    Q_PROPERTY(QString by MEMBER by FINAL)
    Q_PROPERTY(QString source MEMBER source FINAL)
    Q_PROPERTY(QString dataLine MEMBER dataLine FINAL)
    Q_PROPERTY(QString dataText MEMBER dataText FINAL)
    Q_PROPERTY(QString command MEMBER command FINAL)
    Q_PROPERTY(bool bad MEMBER bad FINAL)

public:
    QString id;
    qint64 row = 0; ///< the same as a number: later entries have larger ones
    qint64 time = 0;
    QString kind; ///< event, presence, key or command
    QString name; ///< of an order to a container, with the container
    QString text;
    QString by;       ///< the person; empty: nobody
    QString source;   ///< the program on the device that said so
    QString dataLine; ///< the data of an event on one line: "level: 3, tank: north"
    QString dataText; ///< the same, whole, as indented JSON
    QString command;  ///< the id of the command that it tells of; empty: of none
    bool bad = false; ///< a device that went, a key that was rejected, a command that came to nothing

    [[nodiscard]] static HistoryEntry fromJson(const QJsonObject &object);
    bool operator==(const HistoryEntry &) const = default;
};

} // namespace muster
