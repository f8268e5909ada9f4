// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/states.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <limits>

namespace muster {

/// A container on a device. Times are milliseconds since 1970, 0 where the engine does not say. Texts are cleaned.
struct Container
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString image MEMBER image FINAL)
    Q_PROPERTY(QString state MEMBER state FINAL)
    Q_PROPERTY(QString status MEMBER status FINAL)
    Q_PROPERTY(QString health MEMBER health FINAL)
    Q_PROPERTY(QString project MEMBER project FINAL)
    Q_PROPERTY(qint64 createdAt MEMBER createdAt FINAL)
    Q_PROPERTY(qint64 startedAt MEMBER startedAt FINAL)
    Q_PROPERTY(qint64 finishedAt MEMBER finishedAt FINAL)
    Q_PROPERTY(int exitCode MEMBER exitCode FINAL)
    Q_PROPERTY(bool stopAsked MEMBER stopAsked FINAL)
    Q_PROPERTY(int restarts MEMBER restarts FINAL)
    Q_PROPERTY(double cpu MEMBER cpu FINAL)
    Q_PROPERTY(double memory MEMBER memory FINAL)
    Q_PROPERTY(double memoryLimit MEMBER memoryLimit FINAL)
    Q_PROPERTY(bool running READ isRunning FINAL)
    Q_PROPERTY(muster::states::Level level READ level FINAL)

public:
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

    QString id;
    QString name;
    QString image;
    QString state; ///< created, running, paused, restarting, removing, exited, dead
    QString status;
    QString health; ///< healthy, unhealthy, starting; empty: it has no check
    QString project;
    qint64 createdAt = 0;
    qint64 startedAt = 0;
    qint64 finishedAt = 0;
    int exitCode = -1;       ///< -1: not known
    int restarts = -1;       ///< -1: not known
    bool stopAsked = false;  ///< it ended because a call asked for it: how it ended then is no failure
    double cpu = unknown;    ///< permille of one processor
    double memory = unknown; ///< bytes
    double memoryLimit = unknown;

    [[nodiscard]] bool isRunning() const { return state == QLatin1StringView("running") || state == QLatin1StringView("restarting"); }
    /// Ok for what runs well, Warning for what restarts, is paused or unhealthy, Failing for what ended with an error,
    /// Unknown for what rests, and for what was stopped: a program that was ended by SIGTERM (143) or SIGKILL (137) then did nothing wrong.
    [[nodiscard]] states::Level level() const;

    [[nodiscard]] static Container fromJson(const QJsonObject &object);
    /// NaN equals NaN here: what is not known has not changed.
    [[nodiscard]] bool sameAs(const Container &other) const;
};

} // namespace muster
