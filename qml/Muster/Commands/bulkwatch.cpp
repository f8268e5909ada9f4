// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Commands/bulkwatch.h"

#include "client/contract/contract.h"
#include "client/link/subscription.h"
#include "protocol/rpc/message.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// Commands of a fleet end by the hundred: figures follow so often, and no oftener.
constexpr auto breath = 400ms;

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
    m_soon.stop();
    m_method.clear();
    m_errorText.clear();
    m_total = m_done = m_failures = m_open = m_waiting = m_takenBack = 0;
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
    if (!m_backend || m_bulk.isEmpty())
        return;
    m_backend->link()->call(contract::method::bulksGet, {{"bulk"_L1, m_bulk}}, this,
                            [this, asked = m_asked](const Result<QJsonValue> &answer) {
                                if (asked != m_asked)
                                    return;
                                if (!answer) {
                                    // Without a connection what is shown stays.
                                    if (answer.error().code == Unavailable)
                                        return;
                                    m_errorText = answer.error().message;
                                    emit countsChanged();
                                    return;
                                }
                                const QJsonObject states = (*answer)["states"_L1].toObject();
                                const auto of = [&states](QLatin1StringView state) { return states[state].toInt(); };
                                m_errorText.clear();
                                m_method = cleanText((*answer)["method"_L1].toString(), 128);
                                m_total = (*answer)["total"_L1].toInt();
                                m_done = of("done"_L1);
                                m_failures = of("failed"_L1) + of("expired"_L1);
                                const int before = m_open;
                                m_open = of("queued"_L1) + of("sent"_L1) + of("running"_L1);
                                m_waiting = of("queued"_L1);
                                m_takenBack = of("cancelled"_L1);
                                emit countsChanged();
                                if (before > 0 && m_open == 0)
                                    emit ended(m_done, m_failures);
                            });
}

void BulkWatch::again(int confirmed)
{
    ask(contract::method::bulksAgain, {{"bulk"_L1, m_bulk}, {"count"_L1, confirmed}},
        [this](const QJsonValue &answer) { emit madeAgain(answer["bulk"_L1].toString(), answer["total"_L1].toInt()); });
}

void BulkWatch::cancelRest()
{
    ask(contract::method::bulksCancel, {{"bulk"_L1, m_bulk}}, [this](const QJsonValue &answer) {
        emit cancelled(answer["cancelled"_L1].toInt());
        refresh();
    });
}

void BulkWatch::ask(QLatin1StringView method, const QJsonObject &params, const std::function<void(const QJsonValue &)> &done)
{
    if (!m_backend || m_bulk.isEmpty() || m_busy)
        return;
    setBusy(true);
    m_backend->link()->call(method, params, this, [this, done, asked = m_asked](const Result<QJsonValue> &answer) {
        if (asked != m_asked)
            return;
        setBusy(false);
        if (answer)
            done(*answer);
        else
            emit failed(answer.error().message);
    });
}

void BulkWatch::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    emit busyChanged();
}

} // namespace muster
