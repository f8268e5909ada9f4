// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Devices/bulkcall.h"

#include "client/values/values.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster {

void BulkCall::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    m_backend = backend;
    emit backendChanged();
}

void BulkCall::clear()
{
    ++m_asked;
    m_selection.clear();
    m_total = 0;
    m_away = 0;
    m_ids.clear();
    m_expiresAt = 0;
    m_loading = states::Loading::Idle;
    m_errorText.clear();
    emit selectionChanged();
}

void BulkCall::freeze(const QStringList &ids)
{
    ask({{"devices"_L1, QJsonArray::fromStringList(ids)}});
}

void BulkCall::freezeMatching(const QString &text, const QString &state, const QString &level)
{
    QJsonObject params;
    if (!text.isEmpty())
        params["text"_L1] = text;
    if (!state.isEmpty())
        params["state"_L1] = state;
    if (!level.isEmpty())
        params["level"_L1] = level;
    ask(params);
}

void BulkCall::ask(const QJsonObject &params)
{
    clear();
    if (!m_backend)
        return;
    m_loading = states::Loading::Underway;
    emit selectionChanged();
    m_backend->link()->call(u"Selections.Create"_s, params, this, [this, asked = m_asked](const Result<QJsonValue> &answer) {
        if (asked != m_asked)
            return;
        if (!answer) {
            m_loading = states::Loading::Failed;
            m_errorText = answer.error().message;
            emit selectionChanged();
            return;
        }
        const QJsonObject selection = answer->toObject();
        m_selection = selection["selection"_L1].toString();
        m_total = selection["total"_L1].toInt();
        m_away = selection["away"_L1].toInt();
        for (const auto &id : selection["ids"_L1].toArray())
            m_ids << id.toString();
        m_expiresAt = timeFromJson(selection["expires_at"_L1]);
        m_loading = states::Loading::Loaded;
        emit selectionChanged();
    });
}

void BulkCall::create(const QString &method, const QJsonObject &params, qint64 withinMs)
{
    if (!m_backend || m_selection.isEmpty() || m_busy)
        return;
    m_busy = true;
    emit busyChanged();
    m_backend->link()->call(u"Commands.Create"_s,
                            {{"selection"_L1, m_selection},
                             {"count"_L1, m_total},
                             {"method"_L1, method},
                             {"params"_L1, params},
                             {"expires_at"_L1, timeToJson(m_backend->clock()->now() + withinMs)}},
                            this, [this](const Result<QJsonValue> &answer) {
                                m_busy = false;
                                emit busyChanged();
                                if (!answer) {
                                    emit failed(answer.error().message);
                                    return;
                                }
                                emit created((*answer)["total"_L1].toInt(), (*answer)["bulk"_L1].toString());
                            });
}

} // namespace muster
