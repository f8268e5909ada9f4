// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Server/mock/mockserver.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

QJsonObject infoOf(MockFleet &fleet, const QJsonObject &last)
{
    const qint64 mebibyte = 1024LL * 1024;
    return {
        {"name"_L1, "workshop.local"_L1},
        {"version"_L1, QLatin1StringView(MUSTER_VERSION)},
        {"url"_L1, "https://workshop.local:8420"_L1},
        {"servers"_L1, QJsonArray{"https://workshop.local:8420"_L1, "https://office.local:8420"_L1}},
        {"started_at"_L1, timeToJson(fleet.origin() - day)},
        {"key"_L1,
         QJsonObject{
             {"algorithm"_L1, "EdDSA"_L1},
             {"fingerprint"_L1, fingerprintOf(1)},
             {"words"_L1, wordsOf(1)},
             {"pem"_L1,
              "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"_L1}}},
        {"storage"_L1, QJsonObject{{"database"_L1, QJsonObject{{"kind"_L1, "sqlite"_L1}, {"place"_L1, "/var/lib/muster"_L1}}},
                                   {"files"_L1, QJsonArray{QJsonObject{{"name"_L1, "muster.db"_L1}, {"bytes"_L1, 84 * mebibyte}},
                                                           QJsonObject{{"name"_L1, "telemetry.db"_L1}, {"bytes"_L1, 371 * mebibyte}}}},
                                   {"backups"_L1, QJsonObject{{"count"_L1, 7}, {"bytes"_L1, 3'190 * mebibyte}}},
                                   {"free"_L1, 41'900 * mebibyte},
                                   {"size"_L1, 60'000 * mebibyte}}},
        {"backup"_L1, last},
        {"retention"_L1, QJsonObject{{"health_days"_L1, 90},
                                     {"history_days"_L1, 90},
                                     {"commands_days"_L1, 90},
                                     {"audit_days"_L1, 400},
                                     {"audit_entries"_L1, 200'000},
                                     {"pending_days"_L1, 7}}},
        {"counts"_L1, fleet.counts()},
        {"fleet_back"_L1,
         QJsonObject{{"expected"_L1, fleet.members().all().size()}, {"returned"_L1, fleet.members().all().size()}, {"seconds"_L1, 41}}}};
}

QJsonObject backUp(MockFleet &fleet)
{
    fleet.noteAudit(u"Server.Backup"_s, {}, u"ok"_s);
    const auto file = [](QLatin1StringView name, qint64 bytes) {
        return QJsonObject{
            {"name"_L1, name}, {"bytes"_L1, bytes}, {"sha256"_L1, QString::number(mix(quint64(bytes)), 16).rightJustified(64, u'0')}};
    };
    return {{"folder"_L1, "/var/lib/muster/backups/2026-03-14T09-41-02-000Z"_L1},
            {"made_at"_L1, timeToJson(fleet.now())},
            {"files"_L1,
             QJsonArray{file("muster.db"_L1, 88'080'384), file("telemetry.db"_L1, 389'021'696), file("keys/cloud_private.pem"_L1, 119)}},
            {"devices"_L1, fleet.members().all().size()},
            {"accounts"_L1, 3}};
}

} // namespace

MockServer::MockServer(MockFleet &fleet)
{
    fleet.table().add(contract::method::serverInfo, [this, &fleet](const QJsonObject &) { return infoOf(fleet, m_lastBackup); });
    fleet.table().add(contract::method::serverBackup, [this, &fleet](const QJsonObject &) {
        const QJsonObject report = backUp(fleet);
        m_lastBackup = {
            {"state"_L1, "made"_L1}, {"begun_at"_L1, report["made_at"_L1]}, {"ended_at"_L1, report["made_at"_L1]}, {"report"_L1, report}};
        return report;
    });
}

} // namespace muster
