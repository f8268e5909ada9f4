// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/metrics.h"

#include "server/operators/passwords.h"

namespace muster::api {

namespace {

void head(QByteArray &text, QByteArrayView name, QByteArrayView type, QByteArrayView help)
{
    text += "# HELP ";
    text += name;
    text += ' ';
    text += help;
    text += "\n# TYPE ";
    text += name;
    text += ' ';
    text += type;
    text += '\n';
}

void value(QByteArray &text, QByteArrayView name, QByteArrayView labels, qint64 number)
{
    text += name;
    text += labels;
    text += ' ';
    text += QByteArray::number(number);
    text += '\n';
}

/// Prometheus counts in seconds.
void seconds(QByteArray &text, QByteArrayView name, QByteArrayView labels, std::chrono::microseconds time)
{
    text += name;
    text += labels;
    text += ' ';
    text += QByteArray::number(std::chrono::duration<double>(time).count(), 'f', 6);
    text += '\n';
}

void leads(QByteArray &text, bool does)
{
    head(text, "muster_leads", "gauge", "1 while this server serves the fleet, 0 while it stands by for another one.");
    value(text, "muster_leads", {}, does ? 1 : 0);
}

} // namespace

QByteArray standbyMetricsText(bool database)
{
    QByteArray text;
    leads(text, false);
    head(text, "muster_standby_database_up", "gauge", "1 while the database says who leads, 0 while it does not.");
    value(text, "muster_standby_database_up", {}, database ? 1 : 0);
    return text;
}

QByteArray metricsText(const Counters &counters, const fleet::Counts &fleet, const fleet::Homecoming &homecoming,
                       const fleet::Commands::Open &commands, quint64 historyRows, qint64 epoch,
                       std::initializer_list<DatabaseFacts> databases)
{
    QByteArray text;
    leads(text, true);
    if (epoch > 0) {
        head(text, "muster_leadership_epoch", "gauge", "Rises each time that another server takes the lead, or the same one again.");
        value(text, "muster_leadership_epoch", {}, epoch);
    }
    const auto total = [&text](QByteArrayView name, QByteArrayView help, const Counters::Count &count) {
        head(text, name, "counter", help);
        value(text, name, {}, static_cast<qint64>(count.load()));
    };
    total("muster_connections_opened_total", "TCP connections accepted.", counters.connectionsOpened);
    head(text, "muster_connections", "gauge", "Open connections, by what they are at.");
    for (size_t phase = 0; phase < listen::phaseNames.size(); ++phase)
        value(text, "muster_connections", "{phase=\"" + listen::phaseNames[phase].toByteArray() + "\"}", counters.byPhase.now[phase]);
    head(text, "muster_connections_ended_total", "counter", "Connections that have ended, by what they were at and why.");
    for (size_t phase = 0; phase < listen::phaseNames.size(); ++phase) {
        for (size_t ending = 0; ending < listen::endingNames.size(); ++ending) {
            if (const quint64 count = counters.byPhase.ended[phase][ending]; count > 0)
                value(text, "muster_connections_ended_total",
                      "{phase=\"" + listen::phaseNames[phase].toByteArray() + "\",reason=\"" + listen::endingNames[ending].toByteArray()
                          + "\"}",
                      static_cast<qint64>(count));
        }
    }
    total("muster_device_messages_in_total", "Verified messages of devices.", counters.messagesIn);
    total("muster_device_messages_out_total", "Signed messages to devices.", counters.messagesOut);
    total("muster_device_messages_refused_total", "Messages of accepted devices that failed verification.", counters.messagesRefused);
    total("muster_strangers_refused_total", "Messages that failed verification where no accepted key was proven before.",
          counters.strangersRefused);
    total("muster_device_messages_over_budget_total", "Messages of accepted devices beyond what they may send.",
          counters.messagesOverBudget);
    total("muster_calls_to_devices_total", "Methods called on devices.", counters.callsToDevices);
    total("muster_calls_from_devices_total", "Methods called by devices.", counters.callsFromDevices);
    total("muster_health_samples_stored_total", "Health samples stored.", counters.samplesStored);
    total("muster_health_samples_dropped_total", "Health samples dropped for an impossible time.", counters.samplesDropped);
    total("muster_requests_total", "Requests of operators, REST and live.", counters.requests);
    total("muster_requests_refused_total", "Requests of operators without the permission.", counters.requestsRefused);
    total("muster_receipts_refused_total", "Receipts of commands that fit no command of their device.", counters.receiptsRefused);
    head(text, "muster_commands_finished_total", "counter", "Commands that have ended, by how.");
    for (const auto &[state, count] :
         {std::pair("done", &counters.commandsDone), std::pair("failed", &counters.commandsFailed),
          std::pair("expired", &counters.commandsExpired), std::pair("cancelled", &counters.commandsCancelled)})
        value(text, "muster_commands_finished_total", QByteArray("{state=\"") + state + "\"}", static_cast<qint64>(count->load()));
    head(text, "muster_commands", "gauge", "Commands that have not ended, and direct calls that run, by state.");
    value(text, "muster_commands", "{state=\"queued\"}", commands.queued);
    value(text, "muster_commands", "{state=\"sent\"}", commands.sent);
    value(text, "muster_commands", "{state=\"running\"}", commands.running);
    head(text, "muster_history_rows_total", "counter", "Rows written into the history of devices.");
    value(text, "muster_history_rows_total", {}, static_cast<qint64>(historyRows));
    total("muster_events_stored_total", "Notifications of the fleet that were stored.", counters.eventsStored);
    total("muster_events_dropped_total", "Notifications that were dropped: of devices that cause too many, or of a disk that is slow.",
          counters.eventsDropped);
    head(text, "muster_streams", "gauge", "Streams of devices that are open.");
    value(text, "muster_streams", {}, counters.streamsOpen);
    head(text, "muster_device_connections", "gauge", "Open connections on device doors.");
    value(text, "muster_device_connections", {}, counters.connections);
    head(text, "muster_live_sockets", "gauge", "Open live sockets of operators.");
    value(text, "muster_live_sockets", {}, counters.liveSockets);
    head(text, "muster_notify_sockets", "gauge", "Open sockets of operators that read notifications.");
    value(text, "muster_notify_sockets", {}, counters.notifySockets);
    head(text, "muster_devices", "gauge", "Devices by state of presence.");
    value(text, "muster_devices", "{state=\"online\"}", fleet.online);
    value(text, "muster_devices", "{state=\"offline\"}", fleet.offline);
    value(text, "muster_devices", "{state=\"never\"}", fleet.never);
    head(text, "muster_devices_condition", "gauge", "Online devices by condition.");
    value(text, "muster_devices_condition", "{level=\"ok\"}", fleet.ok);
    value(text, "muster_devices_condition", "{level=\"warning\"}", fleet.warning);
    value(text, "muster_devices_condition", "{level=\"failing\"}", fleet.failing);
    head(text, "muster_fleet_expected", "gauge", "Devices that were online when the server was last there.");
    value(text, "muster_fleet_expected", {}, homecoming.expected());
    head(text, "muster_fleet_returned", "gauge", "Those of them that came back.");
    value(text, "muster_fleet_returned", {}, homecoming.returned());
    if (const auto took = homecoming.took()) {
        head(text, "muster_fleet_back_seconds", "gauge", "How long it took until 99 of 100 were back.");
        value(text, "muster_fleet_back_seconds", {}, static_cast<qint64>(took->count()));
    }
    head(text, "muster_approvals_pending", "gauge", "Keys that wait for a decision.");
    value(text, "muster_approvals_pending", {}, fleet.approvals);
    total("muster_attempts_limited_total", "Attempts to sign in that were refused unseen, after many that failed or at once.",
          counters.attemptsLimited);
    total("muster_audit_left_out_total", "Refusals that were counted here instead of written into the audit.", counters.auditLeftOut);
    head(text, "muster_password_queue", "gauge", "Passwords that wait to be hashed.");
    value(text, "muster_password_queue", {}, operators::passwordsWaiting());
    head(text, "muster_password_refused_total", "counter", "Passwords refused because too many waited.");
    value(text, "muster_password_refused_total", {}, static_cast<qint64>(operators::passwordsRefused()));
    head(text, "muster_database_queue", "gauge", "Jobs that wait for a database's writing thread.");
    for (const DatabaseFacts &facts : databases)
        value(text, "muster_database_queue", "{database=\"" + facts.name + "\"}", facts.writer.queued());
    head(text, "muster_database_refused_total", "counter", "Jobs refused because too many waited for a database's threads.");
    for (const DatabaseFacts &facts : databases)
        value(text, "muster_database_refused_total", "{database=\"" + facts.name + "\"}",
              static_cast<qint64>(facts.writer.refused() + facts.reader.refused()));
    head(text, "muster_database_writable", "gauge", "1 while a database can be written, 0 while it cannot.");
    for (const DatabaseFacts &facts : databases)
        value(text, "muster_database_writable", "{database=\"" + facts.name + "\"}", facts.writer.trouble() ? 0 : 1);
    head(text, "muster_database_batches_total", "counter", "Batches of jobs that were done, each in one transaction.");
    for (const DatabaseFacts &facts : databases)
        value(text, "muster_database_batches_total", "{database=\"" + facts.name + "\"}",
              static_cast<qint64>(facts.writer.batches().count));
    head(text, "muster_database_batch_seconds_total", "counter", "How long these took in all, commit included.");
    for (const DatabaseFacts &facts : databases)
        seconds(text, "muster_database_batch_seconds_total", "{database=\"" + facts.name + "\"}", facts.writer.batches().time);
    head(text, "muster_database_failed_statements_total", "counter", "Statements that a database refused or could not do.");
    for (const DatabaseFacts &facts : databases)
        value(text, "muster_database_failed_statements_total", "{database=\"" + facts.name + "\"}",
              static_cast<qint64>(facts.writer.batches().failures + facts.reader.batches().failures));
    head(text, "muster_database_reconnects_total", "counter", "How often a connection to a database that broke was made anew.");
    for (const DatabaseFacts &facts : databases)
        value(text, "muster_database_reconnects_total", "{database=\"" + facts.name + "\"}",
              static_cast<qint64>(facts.writer.batches().reconnects + facts.reader.batches().reconnects));
    return text;
}

} // namespace muster::api
