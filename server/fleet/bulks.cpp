// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/bulks.h"

#include "server/async.h"
#include "server/fleet/randomid.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

using State = store::CommandState;
using store::CommandStore;

constexpr std::array allStates{State::Queued, State::Sent, State::Running, State::Done, State::Failed, State::Expired, State::Cancelled};

int failuresOf(const CommandStore::Bulk &bulk)
{
    return bulk.counts.value(State::Failed) + bulk.counts.value(State::Expired);
}

QJsonObject toJson(const QString &name, const CommandStore::Bulk &bulk)
{
    QJsonObject states;
    int total = 0;
    for (const State state : allStates) {
        const int count = bulk.counts.value(state);
        states.insert(store::commandStateName(state), count);
        total += count;
    }
    return {{"bulk"_L1, name},
            {"method"_L1, bulk.one.method},
            {"params"_L1, bulk.one.params},
            {"asked_by"_L1, bulk.one.askedBy},
            {"asked_at"_L1, timestampText(bulk.one.askedAt)},
            {"expires_at"_L1, timestampText(bulk.one.expiresAt.value_or(0))},
            {"total"_L1, total},
            {"states"_L1, states}};
}

} // namespace

Bulks::Bulks(Fleet &fleet, Commands &commands, store::CommandStore &store)
    : m_fleet(fleet)
    , m_commands(commands)
    , m_store(store)
{
}

QFuture<Result<QJsonObject>> Bulks::get(const QString &bulk)
{
    return m_store.bulk(bulk).then(this, [bulk](const Result<CommandStore::Bulk> &found) -> Result<QJsonObject> {
        if (!found)
            return std::unexpected(found.error());
        return toJson(bulk, *found);
    });
}

QFuture<Result<QJsonObject>> Bulks::cancel(const QString &bulk, const Asker &by)
{
    using Answer = Result<QJsonObject>;
    return m_store.bulk(bulk)
        .then(this,
              [this, bulk, by](const Result<CommandStore::Bulk> &found) {
                  return found ? m_commands.cancelBulk(bulk, by) : refused<int>(found.error());
              })
        .unwrap()
        .then(this, [](const Result<int> &cancelled) -> Answer {
            if (!cancelled)
                return std::unexpected(cancelled.error());
            return QJsonObject{{"cancelled"_L1, *cancelled}};
        });
}

QFuture<Result<QJsonObject>> Bulks::again(const QString &bulk, int count, const Asker &by)
{
    using Answer = Result<QJsonObject>;
    struct Failed
    {
        CommandStore::Bulk bulk;
        QStringList devices;
    };
    return m_store.bulk(bulk)
        .then(this,
              [this, bulk](const Result<CommandStore::Bulk> &found) {
                  if (!found)
                      return refused<Failed>(found.error());
                  return m_store.devicesOf(bulk, {State::Failed, State::Expired})
                      .then(this, [bulk = *found](const Result<QStringList> &devices) -> Result<Failed> {
                          if (!devices)
                              return std::unexpected(devices.error());
                          return Failed{.bulk = bulk, .devices = *devices};
                      });
              })
        .unwrap()
        .then(this,
              [this, count, by](const Result<Failed> &failed) {
                  if (!failed)
                      return refused<QJsonObject>(failed.error());
                  const store::CommandRecord &one = failed->bulk.one;
                  if (const int failures = failuresOf(failed->bulk); failures != count)
                      return refused<QJsonObject>(
                          {.code = Conflict,
                           .message = u"it has failed on %1 devices by now, not %2: look again"_s.arg(failures).arg(count)});
                  QStringList devices = failed->devices;
                  devices.removeIf([this](const QString &device) {
                      return !m_fleet.registry().knows(device) || m_fleet.enrolment().isForgetting(device);
                  });
                  if (devices.isEmpty())
                      return refused<QJsonObject>({.code = NotFound, .message = u"none of these devices is there any more"_s});
                  const Commands::Order order{.devices = devices,
                                              .method = one.method,
                                              .params = one.params,
                                              .expiresAt = QDateTime::currentMSecsSinceEpoch() + one.expiresAt.value_or(one.askedAt)
                                                           - one.askedAt,
                                              .bulk = randomId('b')};
                  return m_commands.create(order, by).then(this, [order](const Result<QList<QJsonObject>> &made) -> Answer {
                      if (!made)
                          return std::unexpected(made.error());
                      return QJsonObject{{"bulk"_L1, order.bulk}, {"total"_L1, made->size()}};
                  });
              })
        .unwrap();
}

} // namespace muster::fleet
