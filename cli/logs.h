// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "client/link/backend.h"

namespace muster::cli {

/// `musterctl logs`: prints a container's log as it comes, no faster than the terminal takes it.
class Logs : public QObject
{
    Q_OBJECT

public:
    Logs(Backend *backend, const Arguments &arguments, QObject *parent = nullptr);

    void start();

signals:
    void printed(const QString &text);
    void failed(const QString &message);
    /// The last line was printed, and no more will come.
    void ended();

private:
    void take(const QJsonObject &news);
    void printLine(QStringView line);

    Backend *m_backend;
    Arguments m_arguments;
    QString m_rest;     ///< of a line whose end has not come
    qint64 m_taken = 0; ///< bytes that were printed and not granted again yet
};

} // namespace muster::cli
