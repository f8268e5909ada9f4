// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/terminal.h"
#include "client/link/backend.h"
#include "client/values/values.h"

#include <QJsonArray>
#include <QObject>

#include <functional>

namespace muster::cli {

/// Of a device's state.
[[nodiscard]] Colour colourOf(const Device &device);

/// One command on a backend that is Ready: asks, prints, and says how it went.
class Commands : public QObject
{
    Q_OBJECT

public:
    /// @param backend must outlive this
    Commands(Backend *backend, const Arguments &arguments, QObject *parent = nullptr);

    void run();

signals:
    /// Once, at the end. `watch` has none.
    void finished(int exitCode);
    void printed(const QString &text);
    void complained(const QString &text);

private:
    using Then = std::function<void(const QJsonValue &)>;

    void approvals();
    void decide();
    void rejectFrom();
    void decideOn(const QJsonObject &approval);
    void devices();
    void showDevices(const QJsonArray &items);
    void audit();

    // healthcommand.cpp
    void health();
    void showHealth(const Device &device, const QJsonObject &answer);

    // containercommands.cpp
    void containers();
    void actOnContainer(const QString &method);
    void logs();

    // devicecommands.cpp
    void deviceRecords();
    /// Calls what answers with a device's token, and prints it.
    void giveToken(const QString &method, const QJsonObject &params);

    // remotecommands.cpp
    void methods();
    void callDevice();
    void commands();
    void showCommand(const QString &method);
    void bulk();
    void backUp();
    void receipt();
    void history();

    // shadowcommand.cpp
    void shadow();
    void watchShadow();
    void showShadow(const QJsonObject &document);

    // peoplecommands.cpp
    void people();
    void users();
    void addUser();
    void sessions();
    void keys();
    void addKey();
    void signInLink();
    /// Calls what answers nothing that a person would read, and says that it is done.
    void change(const QString &method, const QJsonObject &params, const QString &said);
    void showList(const QJsonArray &items, Table table, const std::function<QStringList(const QJsonObject &)> &row);

    // idcommands.cpp
    void ids();

    /// Calls, and ends with the error's own words where it fails.
    void ask(const QString &method, const QJsonObject &params, const Then &then);
    /// The same for a list: all its pages, in one.
    /// @param list the answer's member that holds the entries
    /// @param most no further page is asked for beyond so many; 0: all are
    void askAll(const QString &method, const QJsonObject &params, const std::function<void(const QJsonArray &)> &then,
                const QString &list = QStringLiteral("items"), qsizetype most = 0, const QJsonArray &before = {});
    void fail(const QString &message);
    void print(const QString &text) { emit printed(text); }
    void done() { emit finished(Done); }

    Backend *m_backend;
    Arguments m_arguments;
    QJsonObject m_shown; ///< of what is watched
};

} // namespace muster::cli
