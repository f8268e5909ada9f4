// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "protocol/rpc/message.h"

#include <QHash>
#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr int pageSize = 500;       // the server's limit
constexpr qsizetype mostIds = 2000; // nobody completes among more

/// Where the ids of a kind come from.
struct Source
{
    QString method;
    QJsonObject params;
    QString list;       ///< the answer's member that holds them
    QStringList fields; ///< of an entry, each an id
};

Source sourceOf(const QString &kind, const QString &device)
{
    const QJsonObject ofDevice{{"id"_L1, device}};
    const QJsonObject page{{"limit"_L1, pageSize}};
    if (kind == "approvals"_L1)
        return {u"Approvals.List"_s, {}, u"items"_s, {u"id"_s, u"device_id"_s}};
    if (kind == "containers"_L1)
        return {u"Containers.List"_s, ofDevice, u"containers"_s, {u"name"_s}};
    if (kind == "methods"_L1)
        return {u"Methods.List"_s, ofDevice, u"methods"_s, {u"name"_s}};
    if (kind == "commands"_L1)
        return {u"Commands.List"_s, page, u"items"_s, {u"id"_s}};
    if (kind == "users"_L1)
        return {u"Users.List"_s, {}, u"items"_s, {u"user"_s}};
    if (kind == "sessions"_L1)
        return {u"Sessions.List"_s, {}, u"items"_s, {u"id"_s}};
    if (kind == "keys"_L1)
        return {u"ApiKeys.List"_s, {}, u"items"_s, {u"id"_s}};
    return {u"Devices.List"_s, page, u"items"_s, {u"id"_s}};
}

} // namespace

void Commands::ids()
{
    const Source source = sourceOf(m_arguments.words[0], m_arguments.words.value(1));
    askAll(
        source.method, source.params,
        [this, source](const QJsonArray &items) {
            QStringList found;
            for (const auto &item : items) {
                for (const QString &field : source.fields) {
                    // The shell splits and expands what it gets here: only what is as plain as a device's id may pass.
                    if (const QString id = item[field].toString(); isDeviceId(id))
                        found << id;
                }
            }
            print(found.join(u'\n'));
            done();
        },
        source.list, mostIds);
}

} // namespace muster::cli
