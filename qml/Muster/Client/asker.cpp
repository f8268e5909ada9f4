// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Client/asker.h"

namespace muster {

void Asker::ask(const QString &method, const QJsonObject &params)
{
    if (!m_link || m_busy)
        return;
    m_busy = true;
    m_errorText.clear();
    emit busyChanged();
    m_link->call(method, params, this, [this, method](const Result<QJsonValue> &answer) {
        m_busy = false;
        m_errorText = answer ? QString() : answer.error().message;
        emit busyChanged();
        if (answer)
            emit answered(method, answer->toObject().toVariantMap());
        else
            emit failed(method, m_errorText);
    });
}

void Asker::clear()
{
    m_errorText.clear();
    emit busyChanged();
}

} // namespace muster
