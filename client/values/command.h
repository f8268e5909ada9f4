// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/states.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

namespace muster {

/// A call of a device's method that the server keeps: a command, or a call that somebody waited for.
/// Times are milliseconds since 1970 by the server's clock, 0 for never.
struct Command
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString deviceId MEMBER deviceId FINAL)
    Q_PROPERTY(bool isCall MEMBER isCall FINAL)
    Q_PROPERTY(QString method MEMBER method FINAL)
    Q_PROPERTY(QString paramsText READ paramsText FINAL)
    Q_PROPERTY(QString state MEMBER state FINAL)
    Q_PROPERTY(QString askedBy MEMBER askedBy FINAL)
    Q_PROPERTY(qint64 askedAt MEMBER askedAt FINAL)
    Q_PROPERTY(qint64 expiresAt MEMBER expiresAt FINAL)
    Q_PROPERTY(qint64 sentAt MEMBER sentAt FINAL)
    Q_PROPERTY(qint64 finishedAt MEMBER finishedAt FINAL)
    Q_PROPERTY(bool hasResult MEMBER hasResult FINAL)
    Q_PROPERTY(QString resultText READ resultText FINAL)
    Q_PROPERTY(bool resultCut MEMBER resultCut FINAL)
    Q_PROPERTY(int errorCode MEMBER errorCode FINAL)
    Q_PROPERTY(QString errorText MEMBER errorText FINAL)
    Q_PROPERTY(QString reason MEMBER reason FINAL)
    Q_PROPERTY(bool receipt MEMBER receipt FINAL)
    Q_PROPERTY(QString bulk MEMBER bulk FINAL)
    Q_PROPERTY(bool forgotten MEMBER forgotten FINAL)
    Q_PROPERTY(bool open READ isOpen FINAL)
    Q_PROPERTY(QString outcome READ outcome FINAL)

public:
    QString id;
    QString deviceId;
    bool isCall = false;
    QString method;
    QJsonObject params;
    QString state; ///< queued, sent, running, done, failed, expired, cancelled
    QString askedBy;
    qint64 askedAt = 0;
    qint64 expiresAt = 0;
    qint64 sentAt = 0;
    qint64 finishedAt = 0;
    bool hasResult = false;
    QJsonValue result;
    bool resultCut = false; ///< too long for a list: Commands.Get has it
    int errorCode = 0;
    QString errorText;
    QString reason;
    bool receipt = false;
    bool forgotten = false; ///< its device is none any more: another one may have the id
    QString bulk;           ///< of which order to many it is a part; empty: of none

    [[nodiscard]] bool isOpen() const;
    /// What came back, in one line: a short form of the result, the error, or why there is none.
    [[nodiscard]] QString outcome() const;
    [[nodiscard]] QString paramsText() const;
    [[nodiscard]] QString resultText() const;

    [[nodiscard]] static Command fromJson(const QJsonObject &object);
    bool operator==(const Command &) const = default;
};

/// How many commands are on their way.
struct CommandCounts
{
    Q_GADGET
    Q_PROPERTY(int queued MEMBER queued FINAL)
    Q_PROPERTY(int sent MEMBER sent FINAL)
    Q_PROPERTY(int running MEMBER running FINAL)
    Q_PROPERTY(int open READ open FINAL)

public:
    int queued = 0;
    int sent = 0;
    int running = 0;

    [[nodiscard]] int open() const { return queued + sent + running; }
    [[nodiscard]] static CommandCounts fromJson(const QJsonObject &object);
    bool operator==(const CommandCounts &) const = default;
};

} // namespace muster
