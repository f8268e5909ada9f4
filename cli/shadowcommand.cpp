// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/terminal.h"
#include "client/values/shadow.h"
#include "client/words/format.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

void Commands::shadow()
{
    const QString id = m_arguments.words[0];
    const auto show = [this](const QJsonValue &answer) {
        if (m_arguments.watch)
            return watchShadow();
        showShadow(answer.toObject());
        done();
    };
    if (m_arguments.set.isEmpty())
        return ask(u"Shadow.Get"_s, {{"id"_L1, id}}, show);
    ask(u"Shadow.Update"_s,
        {{"id"_L1, id}, {"state"_L1, QJsonObject{{"desired"_L1, m_arguments.set}}}, {"version"_L1, m_arguments.ifVersion}}, show);
}

void Commands::watchShadow()
{
    Subscription *shadow = m_backend->link()->subscribe(u"shadow"_s, {{"id"_L1, m_arguments.words[0]}}, this);
    const auto take = [this](const QJsonObject &news) {
        const QJsonObject document = news["shadow"_L1].toObject();
        if (document.isEmpty())
            fail(u"the device was forgotten"_s);
        else if (std::exchange(m_shown, document) != document) // not the same again after a break
            showShadow(document);
    };
    connect(shadow, &Subscription::started, this, take);
    connect(shadow, &Subscription::updated, this, [take](const QString &, const QJsonObject &news) { take(news); });
    connect(m_backend->link(), &Link::stateChanged, this, [this] {
        if (m_backend->link()->state() == Link::State::Reconnecting)
            emit complained(u"connection lost; connecting again"_s);
        else if (m_backend->link()->isLive())
            emit complained(u"connected again"_s);
    });
    connect(shadow, &Subscription::failed, this, [this](const Error &error) { fail(error.message); });
}

void Commands::showShadow(const QJsonObject &document)
{
    if (m_arguments.json)
        return print(jsonText(document, !m_arguments.watch));
    const Shadow shadow = Shadow::fromJson(document);
    const qint64 now = m_backend->clock()->now();
    Table table({{u"STATE"_s}, {u""_s}, {u"WANTED"_s, true}, {u"REPORTED"_s, true}, {u"SINCE"_s}});
    for (const ShadowLeaf &leaf : shadow.leaves) {
        const qint64 since = leaf.differs ? leaf.desiredSince : leaf.reportedSince;
        table.add({leaf.name(), leaf.differs ? u"differs"_s : QString(), valueText(leaf.desired), valueText(leaf.reported),
                   since > 0 ? format::ago(since, now) : QString()},
                  leaf.differs ? Colour::Warning : Colour::None);
    }
    QString text = table.isEmpty() ? u"Nothing is wanted, and nothing reported.\n"_s : table.text(terminalWidth(), wantsColour());
    if (shadow.version > 0)
        text +=
            u"version %1, by %2 %3\n"_s.arg(QString::number(shadow.version), escaped(shadow.changedBy), format::ago(shadow.changedAt, now));
    if (shadow.differs)
        text += !shadow.error.isEmpty() ? u"the device did not take it: %1\n"_s.arg(escaped(shadow.error))
                : shadow.isTold         ? u"the device was told, and does not report it yet\n"_s
                                        : u"the device is told when it is there\n"_s;
    print(text.chopped(1));
}

} // namespace muster::cli
