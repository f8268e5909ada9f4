// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/results.h"

#include "protocol/rpc/health.h"
#include "server/api/methods/schemas.h"
#include "server/operators/roles.h"
#include "server/store/eventstore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api::result {

namespace {

using schema::choice;
using schema::flag;
using schema::listOf;
using schema::object;

/// Larger than any number here; JSON's integers are exact up to it.
constexpr qint64 most = 1LL << 53;

QJsonObject text(const QString &description)
{
    return {{"type"_L1, "string"_L1}, {"description"_L1, description}};
}

QJsonObject number(const QString &description)
{
    return schema::integer(description, -most, most);
}

QJsonObject any(const QString &description)
{
    return {{"description"_L1, description}};
}

QJsonObject role()
{
    return choice(u"What the account may do"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s});
}

QJsonObject words()
{
    return listOf(u"Six words for the key, to compare"_s, text(u"A word"_s));
}

/// An object that says of itself what it is, such as an agent or a machine.
QJsonObject told(const QString &description)
{
    return object(description);
}

QJsonObject sample()
{
    QJsonObject properties{{"time"_L1, number(u"ms since 1970"_s)}};
    QStringList fields;
    for (int field = 0; field < healthFieldCount; ++field) {
        fields.append(healthFieldName(static_cast<HealthField>(field)));
        properties.insert(fields.last(), number(u"In the units of docs/protocol.md"_s));
    }
    return exactly(u"A sample"_s, properties, fields);
}

QJsonObject error()
{
    return exactly(u"Why it failed"_s,
                   {{"code"_L1, number(u"Of docs/protocol.md, or the device's own"_s)},
                    {"message"_L1, text(u"In words"_s)},
                    {"data"_L1, any(u"More"_s)}},
                   {u"data"_s});
}

QJsonObject subscription()
{
    return text(u"The subscription's id"_s);
}

} // namespace

QJsonObject exactly(const QString &description, const QJsonObject &properties, const QStringList &optional)
{
    QJsonArray required;
    for (const QString &name : properties.keys()) {
        if (!optional.contains(name))
            required.append(name);
    }
    return {{"type"_L1, "object"_L1},
            {"description"_L1, description},
            {"properties"_L1, properties},
            {"required"_L1, required},
            {"additionalProperties"_L1, false}};
}

QJsonObject orNull(QJsonObject schema)
{
    schema.insert("type"_L1, QJsonArray{schema.value("type"_L1), "null"_L1});
    return schema;
}

QJsonObject time(const QString &description)
{
    QJsonObject schema = text(description + u" (RFC 3339, UTC)"_s);
    schema.insert("pattern"_L1, uR"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$)"_s);
    return schema;
}

QJsonObject count(const QString &description)
{
    return schema::integer(description, 0, most);
}

QJsonObject nothing()
{
    return exactly(u"Nothing"_s, {});
}

QJsonObject pageOf(const QJsonObject &item, const QJsonObject &more)
{
    QJsonObject properties{{"items"_L1, listOf(u"This page"_s, item)},
                           {"total"_L1, count(u"How many match, on all pages"_s)},
                           {"next"_L1, text(u"The next page's `after`; missing on the last"_s)}};
    for (auto it = more.begin(); it != more.end(); ++it)
        properties.insert(it.key(), *it);
    return exactly(u"A page"_s, properties, {u"next"_s});
}

QJsonObject account()
{
    return exactly(u"An account"_s, {{"user"_L1, text(u"Its name"_s)},
                                     {"role"_L1, role()},
                                     {"has_password"_L1, flag(u"False: it signs in by links alone"_s)},
                                     {"created_at"_L1, time(u"When it was made"_s)},
                                     {"sessions"_L1, count(u"Open sessions"_s)},
                                     {"api_keys"_L1, count(u"API keys"_s)}});
}

QJsonObject apiKey()
{
    return exactly(u"A key, without its secret"_s, {{"id"_L1, text(u"Its id"_s)},
                                                    {"name"_L1, text(u"What it is for"_s)},
                                                    {"user"_L1, text(u"Whose it is"_s)},
                                                    {"created_at"_L1, time(u"When it was made"_s)},
                                                    {"expires_at"_L1, orNull(time(u"When it ends; null: when it is removed"_s))}});
}

QJsonObject session()
{
    return exactly(u"A session"_s, {{"id"_L1, text(u"Its id"_s)},
                                    {"user"_L1, text(u"Who signed in"_s)},
                                    {"created_at"_L1, time(u"When"_s)},
                                    {"expires_at"_L1, time(u"Until when"_s)},
                                    {"address"_L1, text(u"From where"_s)},
                                    {"client"_L1, text(u"With what, as it says"_s)},
                                    {"current"_L1, flag(u"It is the one that asks"_s)}});
}

QJsonObject ownSession()
{
    return exactly(u"Who is signed in"_s,
                   {{"id"_L1, text(u"The session's id"_s)},
                    {"user"_L1, text(u"The account"_s)},
                    {"role"_L1, role()},
                    {"permissions"_L1, listOf(u"What it may do"_s, text(u"A permission"_s))},
                    {"expires_at"_L1, orNull(time(u"Until when; null: for ever"_s))},
                    {"server"_L1, exactly(u"The server"_s, {{"name"_L1, text(u"Its name"_s)}, {"version"_L1, text(u"Its version"_s)}})}});
}

QJsonObject auditEntry()
{
    return exactly(u"An entry"_s, {{"id"_L1, number(u"Rises with time"_s)},
                                   {"time"_L1, time(u"When"_s)},
                                   {"actor"_L1, text(u"Who: an account, or anonymous"_s)},
                                   {"address"_L1, text(u"From where"_s)},
                                   {"method"_L1, text(u"What was asked for"_s)},
                                   {"target"_L1, text(u"On what"_s)},
                                   {"outcome"_L1, text(u"ok, or why it was refused"_s)},
                                   {"detail"_L1, object(u"The params, rid of secrets and cut at 2 KiB"_s)}});
}

QJsonObject givenToken()
{
    return exactly(u"A token that was made just now"_s, {{"id"_L1, text(u"Whose"_s)}, {"token"_L1, text(u"It, this once"_s)}});
}

QJsonObject device()
{
    const QJsonObject presence =
        exactly(u"Whether it is there, and why one thinks so"_s,
                {{"state"_L1, choice(u"Its state"_s, {u"online"_s, u"offline"_s, u"never"_s})},
                 {"reason"_L1, text(u"Why"_s)},
                 {"since"_L1, orNull(time(u"Since when"_s))},
                 {"evidence_at"_L1, orNull(time(u"When it last proved itself: by a signature, or behind its token"_s))},
                 {"link_at"_L1, orNull(time(u"When its connection last showed life"_s))},
                 {"generation"_L1, count(u"How many connections it has had"_s)},
                 {"round_trip_ms"_L1, count(u"Of the last ping"_s)}},
                {u"round_trip_ms"_s});
    const QJsonObject key =
        exactly(u"Its accepted key; null where it is trusted by something else"_s, {{"fingerprint"_L1, text(u"SHA256:…"_s)},
                                                                                    {"words"_L1, words()},
                                                                                    {"algorithm"_L1, text(u"EdDSA or RS256"_s)},
                                                                                    {"accepted_at"_L1, orNull(time(u"When"_s))},
                                                                                    {"accepted_by"_L1, text(u"By whom"_s)}});
    const QJsonObject trend = exactly(u"The last hour"_s, {{"cpu"_L1, listOf(u"Permille of each minute; null where nothing was measured"_s,
                                                                             {{"type"_L1, QJsonArray{"integer"_L1, "null"_L1}}})}});
    return exactly(
        u"A device"_s,
        {{"id"_L1, text(u"Its id"_s)},
         {"name"_L1, text(u"Its name"_s)},
         {"door"_L1, text(u"The protocol that it speaks"_s)},
         {"presence"_L1, presence},
         {"condition"_L1,
          exactly(u"How it is"_s, {{"level"_L1, choice(u"In a word"_s, {u"unknown"_s, u"ok"_s, u"warning"_s, u"failing"_s})},
                                   {"text"_L1, text(u"Why"_s)},
                                   {"field"_L1, orNull(text(u"The measure that decided, by its name in health; null where none did"_s))},
                                   {"value"_L1, orNull(number(u"Its value, in the unit of that measure"_s))}})},
         {"trust"_L1, choice(u"What it is trusted by: its signature, or a secret that it shows"_s,
                             {u"signed"_s, u"certificate"_s, u"token"_s, u"secret"_s})},
         {"key"_L1, orNull(key)},
         {"token"_L1, orNull(exactly(u"Of its token, which nobody is shown again"_s,
                                     {{"is_given"_L1, flag(u"False: it was taken back"_s)},
                                      {"changed_at"_L1, orNull(time(u"When it was given, or taken back"_s))},
                                      {"changed_by"_L1, text(u"By whom"_s)}}))},
         {"abilities"_L1,
          orNull(listOf(u"What its connection can do; null while it has none"_s,
                        choice(u"An ability"_s, {u"calls"_s, u"streams"_s, u"durable_commands"_s, u"receipts"_s, u"live_health"_s})))},
         {"pending_key"_L1, flag(u"Somebody shows another key for it"_s)},
         {"agent"_L1, told(u"{name, version}, as it says"_s)},
         {"machine"_L1, told(u"Its hardware and system, as it says"_s)},
         {"boot_id"_L1, text(u"Another one after each start of its machine"_s)},
         {"booted_at"_L1, orNull(time(u"When its machine started"_s))},
         {"address"_L1, text(u"From where it comes"_s)},
         {"clock_ahead_ms"_L1, number(u"How far its clock is ahead"_s)},
         {"first_seen"_L1, orNull(time(u"When its key came first, or it was made"_s))},
         {"latest"_L1, orNull(sample())},
         {"trend"_L1, trend},
         {"bus"_L1, orNull(exactly(u"Its message bus"_s, {{"state"_L1, choice(u"As it says"_s, {u"connected"_s, u"away"_s, u"off"_s})},
                                                          {"since"_L1, orNull(time(u"Since when"_s))}}))},
         {"containers"_L1, flag(u"It has a container engine"_s)},
         {"reboot"_L1, flag(u"It can be started anew (Sys.Reboot)"_s)},
         {"reported"_L1, object(u"What it reports of itself"_s)},
         {"reported_cut"_L1, flag(u"That is too long for a list: Devices.Get has it"_s)}},
        {u"reported"_s, u"reported_cut"_s});
}

QJsonObject shadow()
{
    const auto tree = [](const QString &description) { return object(description); };
    return exactly(
        u"What is wanted of a device, what it reports, and what differs"_s,
        {{"state"_L1, exactly(u"The state"_s, {{"desired"_L1, tree(u"What people want"_s)},
                                               {"reported"_L1, tree(u"What the device reports of itself"_s)},
                                               {"delta"_L1, tree(u"What of the first differs in the second"_s)}})},
         {"metadata"_L1, exactly(u"Since when each leaf has its value: {\"timestamp\": s since 1970} in its place"_s,
                                 {{"desired"_L1, tree(u"Of what people want"_s)}, {"reported"_L1, tree(u"Of what the device reports"_s)}})},
         {"version"_L1, count(u"Rises with each change of what is wanted"_s)},
         {"timestamp"_L1, count(u"Of that change, s since 1970"_s)},
         {"changed_at"_L1, orNull(time(u"The same"_s))},
         {"changed_by"_L1, text(u"Who changed it"_s)},
         {"told"_L1, orNull(exactly(u"What the device was told last of what differs, over this connection or one before"_s,
                                    {{"version"_L1, count(u"Of what is wanted"_s)},
                                     {"at"_L1, orNull(time(u"When it answered; null: it has not yet"_s))},
                                     {"error"_L1, orNull(text(u"Why it did not take it"_s))}}))}});
}

QJsonObject counts()
{
    QJsonObject properties;
    for (const QLatin1StringView name :
         {"devices"_L1, "online"_L1, "offline"_L1, "never"_L1, "ok"_L1, "warning"_L1, "failing"_L1, "approvals"_L1})
        properties.insert(name, count(u"How many"_s));
    return exactly(u"The fleet in numbers"_s, properties);
}

QJsonObject health()
{
    const QJsonObject column = listOf(u"A value for each time; null where nothing was measured"_s, any(u"A number or null"_s));
    QJsonObject series{{"time"_L1, listOf(u"ms since 1970"_s, number(u"A time"_s))}};
    for (int field = 0; field < healthFieldCount; ++field) {
        const QString name = healthFieldName(static_cast<HealthField>(field));
        series.insert(name, column);
        series.insert(name + "_max"_L1, column);
    }
    QJsonObject thresholds;
    for (int field = 0; field < healthFieldCount; ++field) {
        thresholds.insert(healthFieldName(static_cast<HealthField>(field)),
                          exactly(u"In the units of the field"_s,
                                  {{"warning"_L1, number(u"From here on: warning"_s)}, {"failing"_L1, number(u"From here on: failing"_s)}},
                                  {u"failing"_s}));
    }
    return exactly(
        u"Columns of equal length"_s,
        {{"from"_L1, number(u"As asked, ms since 1970"_s)},
         {"to"_L1, number(u"As asked, ms since 1970"_s)},
         {"step_ms"_L1, number(u"Between points"_s)},
         {"series"_L1, exactly(u"time, and of each field its mean and its greatest value (_max)"_s, series)},
         {"thresholds"_L1, exactly(u"From which values on a device's condition is no longer ok; fields that are not judged are left out"_s,
                                   thresholds, thresholds.keys())}});
}

QJsonObject approval()
{
    return exactly(u"A key that somebody showed"_s,
                   {{"id"_L1, text(u"The approval's id"_s)},
                    {"device_id"_L1, text(u"For which device"_s)},
                    {"kind"_L1, choice(u"Whether the device is known with another key"_s, {u"new"_s, u"new_key"_s})},
                    {"state"_L1, choice(u"What was decided"_s, {u"pending"_s, u"accepted"_s, u"rejected"_s})},
                    {"fingerprint"_L1, text(u"SHA256:…"_s)},
                    {"words"_L1, words()},
                    {"algorithm"_L1, text(u"EdDSA or RS256"_s)},
                    {"bits"_L1, count(u"Its length"_s)},
                    {"address"_L1, text(u"From where it came"_s)},
                    {"network"_L1, text(u"Of that address; of IPv6 its /64"_s)},
                    {"pending_from_network"_L1, count(u"How many wait from there"_s)},
                    {"first_seen"_L1, time(u"When it came first"_s)},
                    {"last_seen"_L1, time(u"When it came last"_s)},
                    {"attempts"_L1, count(u"How often it came"_s)},
                    {"connected"_L1, flag(u"It waits at this moment"_s)},
                    {"machine"_L1, told(u"Its hardware and system, as it says"_s)},
                    {"agent"_L1, told(u"{name, version}, as it says"_s)},
                    {"clock_ahead_ms"_L1, number(u"How far its clock is ahead"_s)},
                    {"twins"_L1, listOf(u"Other devices that hold the same key"_s, text(u"A device id"_s))},
                    {"replaces"_L1,
                     orNull(exactly(u"The key that is accepted now"_s, {{"fingerprint"_L1, text(u"SHA256:…"_s)}, {"words"_L1, words()}}))},
                    {"decided_at"_L1, time(u"When it was decided"_s)},
                    {"decided_by"_L1, text(u"By whom"_s)}},
                   {u"decided_at"_s, u"decided_by"_s});
}

QJsonObject command()
{
    return exactly(u"A command"_s,
                   {{"id"_L1, text(u"Its id"_s)},
                    {"device"_L1, text(u"Who runs it"_s)},
                    {"kind"_L1, choice(u"A direct call leaves no receipt"_s, {u"call"_s, u"command"_s})},
                    {"method"_L1, text(u"The device's method"_s)},
                    {"params"_L1, object(u"Its params"_s)},
                    {"state"_L1, choice(u"How far it is"_s, schema::commandStates().mid(1))},
                    {"asked_by"_L1, text(u"Who asked"_s)},
                    {"asked_at"_L1, time(u"When"_s)},
                    {"expires_at"_L1, orNull(time(u"Not begun after this"_s))},
                    {"sent_at"_L1, orNull(time(u"When it was sent last"_s))},
                    {"finished_at"_L1, orNull(time(u"When it ended"_s))},
                    {"receipt"_L1, flag(u"The device signed what came of it: Commands.Receipt"_s)},
                    {"bulk"_L1, orNull(text(u"The order to many that it is a part of"_s))},
                    {"params_cut"_L1, flag(u"Too long to be shown here"_s)},
                    {"result_cut"_L1, flag(u"Too long to be shown here"_s)},
                    {"result"_L1, any(u"What the method gave"_s)},
                    {"error"_L1, error()},
                    {"device_forgotten"_L1, flag(u"Its device is no device any more"_s)},
                    {"reason"_L1, text(u"Why it is in its state"_s)},
                    {"waits_for"_L1, choice(u"What it waits for"_s, {u"device"_s})}},
                   {u"params_cut"_s, u"result_cut"_s, u"result"_s, u"error"_s, u"device_forgotten"_s, u"reason"_s, u"waits_for"_s});
}

QJsonObject openCommands()
{
    return exactly(u"How many are open"_s,
                   {{"queued"_L1, count(u"Not sent"_s)}, {"sent"_L1, count(u"Sent, not begun"_s)}, {"running"_L1, count(u"Begun"_s)}});
}

QJsonObject receipt()
{
    return exactly(u"A receipt, which proves itself without this server (docs/protocol.md)"_s,
                   {{"muster_receipt"_L1, count(u"The format: 1"_s)},
                    {"command"_L1, exactly(u"What was asked"_s, {{"id"_L1, text(u"The command's id"_s)},
                                                                 {"device_id"_L1, text(u"The device"_s)},
                                                                 {"method"_L1, text(u"Its method"_s)},
                                                                 {"params"_L1, object(u"Its params"_s)},
                                                                 {"asked_by"_L1, text(u"Who asked"_s)},
                                                                 {"asked_at"_L1, time(u"When"_s)}})},
                    {"public_key"_L1, text(u"The device's key, PEM"_s)},
                    {"fingerprint"_L1, text(u"SHA256:…"_s)},
                    {"words"_L1, words()},
                    {"message"_L1, text(u"What the device signed, as it came"_s)}});
}

QJsonObject historyRow()
{
    return exactly(u"Something that happened"_s,
                   {{"id"_L1, number(u"Rises with time"_s)},
                    {"time"_L1, time(u"When"_s)},
                    {"kind"_L1, choice(u"Of what kind"_s, {u"event"_s, u"presence"_s, u"key"_s, u"command"_s})},
                    {"name"_L1, text(u"What"_s)},
                    {"text"_L1, text(u"In words"_s)},
                    {"source"_L1, text(u"The worker that said so"_s)},
                    {"by"_L1, text(u"Who did it"_s)},
                    {"data"_L1, any(u"More"_s)}},
                   {u"text"_s, u"source"_s, u"by"_s, u"data"_s});
}

QJsonObject event()
{
    return exactly(u"Something that happened in the fleet"_s,
                   {{"id"_L1, number(u"Rises with time, and never comes again"_s)},
                    {"time"_L1, time(u"When"_s)},
                    {"device"_L1, text(u"To which device"_s)},
                    {"name"_L1, choice(u"What"_s, store::eventKindNames())},
                    {"method"_L1, text(u"What was called, or what it told"_s)},
                    {"data"_L1, any(u"More; {cut: bytes} in the place of what is too long"_s)}},
                   {u"method"_s, u"data"_s});
}

QJsonObject backup()
{
    const QJsonObject file = exactly(
        u"A file of it"_s,
        {{"name"_L1, text(u"Below the folder"_s)}, {"bytes"_L1, count(u"Its size"_s)}, {"sha256"_L1, text(u"As sha256sum writes it"_s)}});
    return exactly(u"A backup that was read back and found whole"_s, {{"folder"_L1, text(u"Where it is, on the server"_s)},
                                                                      {"made_at"_L1, time(u"When"_s)},
                                                                      {"files"_L1, listOf(u"All of it"_s, file)},
                                                                      {"devices"_L1, count(u"Accepted devices in it"_s)},
                                                                      {"accounts"_L1, count(u"Accounts in it"_s)}});
}

namespace {

QJsonObject lastBackup()
{
    return exactly(
        u"How the last backup went"_s,
        {{"state"_L1, choice(u"Whether there was one, and what became of it"_s, {u"none"_s, u"underway"_s, u"made"_s, u"failed"_s})},
         {"begun_at"_L1, time(u"When it began, if this server has seen that"_s)},
         {"ended_at"_L1, time(u"When it ended"_s)},
         {"report"_L1, backup()},
         {"error"_L1, text(u"Why it failed"_s)}},
        {u"begun_at"_s, u"ended_at"_s, u"report"_s, u"error"_s});
}

} // namespace

QJsonObject server()
{
    const QJsonObject back = exactly(u"How the fleet came back after the last start"_s,
                                     {{"expected"_L1, count(u"Devices that were there before"_s)},
                                      {"returned"_L1, count(u"Of them, there again"_s)},
                                      {"seconds"_L1, count(u"Until nearly all were back; missing before that"_s)}},
                                     {u"seconds"_s});
    const QJsonObject key = exactly(u"Its key, which devices pin"_s, {{"algorithm"_L1, text(u"EdDSA or RS256"_s)},
                                                                      {"fingerprint"_L1, text(u"SHA256:…"_s)},
                                                                      {"words"_L1, words()},
                                                                      {"pem"_L1, text(u"The public key, for devices"_s)}});
    const QJsonObject file = exactly(u"A file"_s, {{"name"_L1, text(u"Its name"_s)}, {"bytes"_L1, count(u"Its size"_s)}});
    const QJsonObject storage = exactly(
        u"What it takes on its disk, and what that has"_s,
        {{"database"_L1, exactly(u"Where it keeps what it knows"_s,
                                 {{"kind"_L1, text(u"sqlite or postgresql"_s)},
                                  {"place"_L1, text(u"The folder, or the address"_s)},
                                  {"latency_us"_L1, count(u"Of one question to a PostgreSQL server"_s)},
                                  {"lag_ms"_L1, count(u"How far its own replicas are behind, where it has some"_s)},
                                  {"error"_L1, text(u"Why it did not answer"_s)}},
                                 {u"latency_us"_s, u"lag_ms"_s, u"error"_s})},
         {"files"_L1, listOf(u"Its databases"_s, file)},
         {"backups"_L1, exactly(u"Its backups"_s, {{"count"_L1, count(u"How many"_s)}, {"bytes"_L1, count(u"What they take together"_s)}})},
         {"free"_L1, count(u"Bytes free"_s)},
         {"size"_L1, count(u"Bytes in all"_s)}});
    QJsonObject kept;
    for (const QLatin1StringView name :
         {"health_days"_L1, "history_days"_L1, "commands_days"_L1, "audit_days"_L1, "audit_entries"_L1, "pending_days"_L1})
        kept.insert(name, count(u"How long, or how many at most"_s));
    return exactly(
        u"The server"_s,
        {{"name"_L1, text(u"Its name"_s)},
         {"version"_L1, text(u"Its version"_s)},
         {"url"_L1, text(u"Where people reach it"_s)},
         {"servers"_L1, listOf(u"Where it and those that stand by for it are reached; none without PostgreSQL"_s, text(u"An address"_s))},
         {"started_at"_L1, time(u"When it was started"_s)},
         {"key"_L1, key},
         {"storage"_L1, storage},
         {"backup"_L1, lastBackup()},
         {"retention"_L1, exactly(u"What is kept"_s, kept)},
         {"counts"_L1, counts()},
         {"fleet_back"_L1, back}});
}

QJsonObject picture(const QString &topic)
{
    QJsonObject properties{{"subscription"_L1, subscription()}};
    if (topic == "devices"_L1) {
        properties.insert("total"_L1, count(u"Devices that match"_s));
        properties.insert("counts"_L1, counts());
        properties.insert("offset"_L1, count(u"The first row's place"_s));
        properties.insert("ids"_L1, listOf(u"The window"_s, text(u"A device id"_s)));
        properties.insert("rows"_L1, listOf(u"Devices of it that the client does not have as they are"_s, device()));
    } else if (topic == "device"_L1) {
        properties.insert("device"_L1, orNull(device()));
    } else if (topic == "shadow"_L1) {
        properties.insert("shadow"_L1, orNull(shadow()));
    } else if (topic == "approvals"_L1) {
        return pageOf(approval(), properties);
    } else if (topic == "fleet"_L1) {
        properties.insert("counts"_L1, counts());
    } else if (topic == "commands"_L1) {
        properties.insert("items"_L1, listOf(u"The newest"_s, command()));
        properties.insert("counts"_L1, openCommands());
    } else if (topic == "history"_L1) {
        properties.insert("items"_L1, listOf(u"The newest"_s, historyRow()));
    } else if (topic == "events"_L1) {
        properties.insert("events"_L1, listOf(u"What happened since, in order; nothing at first"_s, event()));
    }
    return exactly(u"The whole picture, and the subscription's id"_s, properties);
}

QJsonObject containers()
{
    return object(
        u"{engine, containers}, as the device's Container.List; stop_asked of a container: it ended because a call asked for it"_s);
}

QJsonObject containerStats()
{
    return object(u"{containers, unavailable?}, as the device's Container.Stats"_s);
}

QJsonObject containerLogs()
{
    return object(u"{text, cut}, as the device's Container.Logs"_s);
}

} // namespace muster::api::result
