// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/system/selfreport.h"

#include "protocol/rpc/methods.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logReport, "muster.agent.report", QtInfoMsg)

} // namespace

SelfReport::SelfReport(ServerLink &link, QObject *parent)
    : QObject(parent)
    , m_link(link)
{
    connect(&m_link, &ServerLink::accepted, this, [this] {
        m_said = {};
        update();
    });
}

void SelfReport::add(const QString &name, std::function<QJsonValue()> value)
{
    m_values.insert_or_assign(name, std::move(value));
}

void SelfReport::update()
{
    if (m_link.state() != ServerLink::State::Accepted)
        return;
    QJsonObject news;
    for (const auto &[name, value] : m_values) {
        const QJsonValue says = value();
        if (m_said.value(name) != says)
            news.insert(name, says);
    }
    if (news.isEmpty())
        return;
    for (auto it = news.begin(); it != news.end(); ++it)
        m_said.insert(it.key(), it.value());
    m_link.call(methods::stateReport, {{"state"_L1, QJsonObject{{"muster"_L1, news}}}}).then(this, [](const Answer &answer) {
        // An older server has no such method, and a lost session is followed by another one.
        if (!answer)
            qCDebug(logReport).noquote() << "the agent's own state was not taken:" << answer.error().message;
    });
}

} // namespace muster::agent
