// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Commands/commandwatch.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster {

void CommandWatch::setLink(Link *link)
{
    if (m_link == link)
        return;
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    if (m_link)
        connect(m_link, &Link::refreshDue, this, &CommandWatch::refresh);
    emit linkChanged();
    refresh();
}

void CommandWatch::setCommandId(const QString &id)
{
    if (m_id == id)
        return;
    m_id = id;
    m_command = {};
    m_receipt = {};
    m_receiptError.clear();
    ++m_asked;
    emit commandIdChanged();
    emit commandChanged();
    emit receiptChanged();
    setLoading(m_id.isEmpty() ? states::Loading::Idle : states::Loading::Underway);
    refresh();
}

void CommandWatch::refresh()
{
    if (!m_link || m_id.isEmpty() || !m_link->isLive())
        return;
    const quint64 asked = ++m_asked;
    m_link->call(u"Commands.Get"_s, {{"command"_L1, m_id}}, this, [this, asked](const Result<QJsonValue> &answer) {
        if (asked != m_asked)
            return;
        if (answer)
            take(answer->toObject());
        else if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, answer.error().message);
    });
}

void CommandWatch::take(const QJsonObject &object)
{
    m_command = Command::fromJson(object);
    emit commandChanged();
    setLoading(states::Loading::Loaded);
    if (m_command.receipt && m_receipt.isEmpty())
        askReceipt();
}

void CommandWatch::askReceipt()
{
    m_link->call(u"Commands.Receipt"_s, {{"command"_L1, m_id}}, this, [this, id = m_id](const Result<QJsonValue> &answer) {
        if (id != m_id)
            return;
        m_receipt = answer ? answer->toObject() : QJsonObject();
        m_receiptError = answer ? QString() : answer.error().message;
        emit receiptChanged();
    });
}

QString CommandWatch::receiptWords() const
{
    const QJsonValue said = m_receipt["words"_L1];
    if (said.isString())
        return cleanText(said.toString(), limits::textLength);
    QStringList words;
    for (const auto &word : said.toArray())
        words << cleanText(word.toString(), limits::textLength);
    return words.join(u' ');
}

QString CommandWatch::receiptText() const
{
    return m_receipt.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(m_receipt).toJson(QJsonDocument::Indented));
}

void CommandWatch::cancel()
{
    if (!m_link || m_id.isEmpty() || m_cancelling)
        return;
    m_cancelling = true;
    emit cancellingChanged();
    m_link->call(u"Commands.Cancel"_s, {{"command"_L1, m_id}}, this, [this, id = m_id](const Result<QJsonValue> &answer) {
        m_cancelling = false;
        emit cancellingChanged();
        if (!answer) {
            emit cancelFailed(answer.error().message);
            refresh();
            return;
        }
        if (id == m_id)
            take(answer->toObject());
        emit cancelled();
    });
}

void CommandWatch::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

} // namespace muster
