// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/logs.h"

#include "cli/terminal.h"
#include "client/values/logline.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr qint64 window = limits::streamWindowBytes / 2;
constexpr int usualTail = 100;

} // namespace

Logs::Logs(Backend *backend, const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_arguments(arguments)
{
}

void Logs::start()
{
    QJsonObject params{{"device"_L1, m_arguments.words[0]},
                       {"container"_L1, m_arguments.words[1]},
                       {"follow"_L1, m_arguments.follow},
                       {"credit"_L1, window}};
    if (m_arguments.tail >= 0 || m_arguments.sinceMs == 0)
        params["tail"_L1] = m_arguments.tail >= 0 ? m_arguments.tail : usualTail;
    if (m_arguments.sinceMs > 0)
        params["since"_L1] = timeToJson(m_backend->clock()->now() - m_arguments.sinceMs);
    Subscription *log = m_backend->link()->subscribe(u"logs"_s, params, this);
    connect(log, &Subscription::failed, this, [this](const Error &error) { emit failed(error.message); });
    connect(log, &Subscription::updated, this, [this](const QString &method, const QJsonObject &news) {
        if (method == "Live.Log"_L1)
            return take(news);
        if (method != "Live.LogEnd"_L1)
            return;
        if (!m_rest.isEmpty())
            printLine(std::exchange(m_rest, {}));
        if (news["error"_L1].isObject())
            emit failed(errorFromJson(news["error"_L1].toObject()).message);
        else
            emit ended();
    });
    connect(m_backend->link(), &Link::stateChanged, this, [this] {
        // The stream is gone with the connection; beginning again would print lines twice.
        if (!m_backend->link()->isLive())
            emit failed(u"the connection to the server was lost"_s);
    });
}

void Logs::take(const QJsonObject &news)
{
    const QString text = news["text"_L1].toString();
    // A piece ends where its window did, which may be within a line.
    m_rest += text;
    const qsizetype end = m_rest.lastIndexOf(u'\n');
    for (const QStringView line : QStringView(m_rest).first(end + 1).split(u'\n', Qt::SkipEmptyParts))
        printLine(line);
    m_rest.remove(0, end + 1);
    m_taken += QStringView(text).toUtf8().size();
    if (m_taken < window / 2)
        return;
    m_backend->link()->call(u"Live.Credit"_s, {{"subscription"_L1, news["subscription"_L1]}, {"bytes"_L1, std::exchange(m_taken, 0)}}, this,
                            [](const Result<QJsonValue> &) {});
}

void Logs::printLine(QStringView text)
{
    const LogLine line = LogLine::parse(text);
    if (m_arguments.json) {
        emit printed(jsonText(QJsonObject{{"output"_L1, line.fromStderr ? "stderr"_L1 : "stdout"_L1},
                                          {"time"_L1, line.stamp},
                                          {"text"_L1, line.text},
                                          {"cut"_L1, line.cut}},
                              false));
        return;
    }
    QString shown;
    if (line.time > 0)
        shown = QDateTime::fromMSecsSinceEpoch(line.time).toString(u"yyyy-MM-dd HH:mm:ss.zzz  "_s);
    shown += coloured(escaped(line.text), line.fromStderr ? Colour::Warning : Colour::None, wantsColour());
    emit printed(line.cut ? shown + u" …"_s : shown);
}

} // namespace muster::cli
