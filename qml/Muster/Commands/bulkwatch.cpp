// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Commands/bulkwatch.h"

#include "client/contract/contract.h"
#include "client/link/subscription.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// Commands of a fleet end by the hundred: figures follow so often, and no oftener.
constexpr auto breath = 400ms;
constexpr int pageRows = 200;
/// Of names in one message: live sockets take 256 KiB.
constexpr qsizetype mostBytes = 200 * 1024;

} // namespace

BulkWatch::BulkWatch(QObject *parent)
    : QObject(parent)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(breath);
    connect(&m_soon, &QTimer::timeout, this, &BulkWatch::refresh);
}

void BulkWatch::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    m_backend = backend;
    emit backendChanged();
    const QString bulk = std::exchange(m_bulk, QString());
    setBulk(bulk);
}

void BulkWatch::setBulk(const QString &bulk)
{
    if (m_bulk == bulk)
        return;
    m_bulk = bulk;
    ++m_asked;
    delete m_subscription;
    m_total = m_done = m_failed = m_expired = m_open = 0;
    m_one = {};
    setBusy(false);
    emit bulkChanged();
    emit countsChanged();
    if (!m_backend || m_bulk.isEmpty())
        return;
    m_subscription = m_backend->link()->subscribe(contract::topic::commands, {{"bulk"_L1, m_bulk}, {"limit"_L1, 1}}, this);
    connect(m_subscription, &Subscription::started, this, &BulkWatch::refresh);
    connect(m_subscription, &Subscription::updated, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void BulkWatch::refresh()
{
    count({}, &m_total);
    count(u"done"_s, &m_done);
    count(u"failed"_s, &m_failed);
    count(u"expired"_s, &m_expired);
    count(u"open"_s, &m_open);
}

void BulkWatch::count(const QString &state, int *into)
{
    if (!m_backend || m_bulk.isEmpty())
        return;
    QJsonObject params{{"bulk"_L1, m_bulk}, {"limit"_L1, 1}};
    if (!state.isEmpty())
        params["state"_L1] = state;
    m_backend->link()->call(contract::method::commandsList, params, this, [this, into, asked = m_asked](const Result<QJsonValue> &answer) {
        if (asked != m_asked || !answer)
            return;
        *into = (*answer)["total"_L1].toInt();
        if (const QJsonArray items = (*answer)["items"_L1].toArray(); m_one.id.isEmpty() && !items.isEmpty())
            m_one = Command::fromJson(items[0].toObject());
        emit countsChanged();
    });
}

void BulkWatch::collect(const QString &state, const Found &found, const QList<Command> &before, const QString &after)
{
    QJsonObject params{{"bulk"_L1, m_bulk}, {"state"_L1, state}, {"limit"_L1, pageRows}};
    if (!after.isEmpty())
        params["after"_L1] = after;
    m_backend->link()->call(contract::method::commandsList, params, this,
                            [this, state, found, before, asked = m_asked](const Result<QJsonValue> &answer) {
                                if (asked != m_asked)
                                    return;
                                if (!answer) {
                                    fail(answer.error());
                                    return;
                                }
                                QList<Command> all = before;
                                for (const auto &item : (*answer)["items"_L1].toArray())
                                    all << Command::fromJson(item.toObject());
                                const QString next = (*answer)["next"_L1].toString();
                                if (next.isEmpty())
                                    found(all);
                                else
                                    collect(state, found, all, next);
                            });
}

void BulkWatch::again(int confirmed)
{
    if (!m_backend || m_busy || failures() == 0)
        return;
    setBusy(true);
    collect(u"failed"_s, [this, confirmed](const QList<Command> &failed) {
        collect(u"expired"_s, [this, confirmed, failed](const QList<Command> &expired) {
            QSet<QString> devices;
            qsizetype bytes = 0;
            for (const Command &command : failed + expired) {
                // Of a forgotten device another one may have the id; and a selection may have been used for two calls.
                const bool same = command.method == m_one.method && command.askedAt == m_one.askedAt;
                if (!command.forgotten && same && !command.deviceId.isEmpty() && !devices.contains(command.deviceId)) {
                    devices.insert(command.deviceId);
                    bytes += command.deviceId.toUtf8().size() + 3;
                }
            }
            if (failed.size() + expired.size() != confirmed)
                fail({Conflict, tr("It has failed on %Ln devices by now: look again", nullptr, int(failed.size() + expired.size()))});
            else if (devices.isEmpty())
                fail({NotFound, tr("None of these devices is there any more")});
            else if (bytes > mostBytes)
                fail({TooLarge, tr("These are too many for one message: choose a part of them in the list of devices")});
            else
                makeFor(QStringList(devices.cbegin(), devices.cend()));
        });
    });
}

void BulkWatch::makeFor(const QStringList &devices)
{
    // Whole: a list leaves long params out.
    m_backend->link()->call(
        contract::method::commandsGet, {{"command"_L1, m_one.id}}, this, [this, devices, asked = m_asked](const Result<QJsonValue> &whole) {
            if (asked != m_asked)
                return;
            if (!whole) {
                fail(whole.error());
                return;
            }
            const Command model = Command::fromJson(whole->toObject());
            m_backend->link()->call(contract::method::selectionsCreate, {{"devices"_L1, QJsonArray::fromStringList(devices)}}, this,
                                    [this, model, many = int(devices.size()), asked](const Result<QJsonValue> &selection) {
                                        if (asked != m_asked)
                                            return;
                                        if (!selection) {
                                            fail(selection.error());
                                            return;
                                        }
                                        const QString bulk = (*selection)["selection"_L1].toString();
                                        m_backend->link()->call(
                                            contract::method::commandsCreate,
                                            {{"selection"_L1, bulk},
                                             // Refused where the selection has become another.
                                             {"count"_L1, many},
                                             {"method"_L1, model.method},
                                             {"params"_L1, model.params},
                                             // As long as the first time.
                                             {"expires_at"_L1, timeToJson(m_backend->clock()->now() + model.expiresAt - model.askedAt)}},
                                            this, [this, bulk, many, asked](const Result<QJsonValue> &made) {
                                                if (asked != m_asked)
                                                    return;
                                                setBusy(false);
                                                if (made)
                                                    emit madeAgain(bulk, many);
                                                else
                                                    emit failed(made.error().message);
                                            });
                                    });
        });
}

/// What is still to be taken back. It belongs to nobody's page: who has said "all" means all.
struct BulkWatch::Walk
{
    QPointer<Link> link;
    QPointer<BulkWatch> watch;
    QString bulk;
    QStringList ids;
    qsizetype at = 0;
    int taken = 0;
};

void BulkWatch::cancelRest()
{
    if (!m_backend || m_busy)
        return;
    setBusy(true);
    collect(u"queued"_s, [this](const QList<Command> &queued) {
        const auto walk = std::make_shared<Walk>(Walk{.link = m_backend->link(), .watch = this, .bulk = m_bulk, .ids = {}});
        for (const Command &command : queued)
            walk->ids << command.id;
        cancelNext(walk);
    });
}

void BulkWatch::cancelNext(const std::shared_ptr<Walk> &walk)
{
    if (!walk->link)
        return;
    const bool watched = walk->watch && walk->watch->m_bulk == walk->bulk;
    if (walk->at == walk->ids.size()) {
        if (!watched)
            return;
        walk->watch->setBusy(false);
        walk->watch->refresh();
        emit walk->watch->cancelled(walk->taken);
        return;
    }
    walk->link->call(contract::method::commandsCancel, {{"command"_L1, walk->ids[walk->at++]}}, walk->link,
                     [walk](const Result<QJsonValue> &answer) {
                         // One that was sent or is gone meanwhile is no reason to leave the others.
                         const bool goesOn = answer || answer.error().code == Conflict || answer.error().code == NotFound;
                         if (answer)
                             ++walk->taken;
                         if (goesOn)
                             cancelNext(walk);
                         else if (walk->watch && walk->watch->m_bulk == walk->bulk)
                             walk->watch->fail(answer.error());
                     });
}

void BulkWatch::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    emit busyChanged();
}

void BulkWatch::fail(const Error &error)
{
    setBusy(false);
    emit failed(error.message);
}

} // namespace muster
