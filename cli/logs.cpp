// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/logs.h"

#include "cli/terminal.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr qint64 window = limits::streamWindowBytes / 2;
constexpr int usualTail = 100;
/// What was said while the connection was away is asked for up to here.
constexpr int resumedLines = 100'000;
constexpr std::chrono::seconds askAgain(2);

} // namespace

Logs::Logs(Backend *backend, const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_arguments(arguments)
    , m_stream(backend->link(), {.topic = u"logs"_s, .piece = u"Live.Log"_s, .end = u"Live.LogEnd"_s}, window, this)
{
}

QJsonObject Logs::params() const
{
    QJsonObject params{{"device"_L1, m_arguments.words[0]}, {"container"_L1, m_arguments.words[1]}, {"follow"_L1, m_arguments.follow}};
    if (const auto from = m_place.resumesAt()) {
        params["since"_L1] = timeToJson(*from);
        params["tail"_L1] = resumedLines;
        return params;
    }
    if (m_arguments.tail >= 0 || m_arguments.sinceMs == 0)
        params["tail"_L1] = m_arguments.tail >= 0 ? m_arguments.tail : usualTail;
    if (m_arguments.sinceMs > 0)
        params["since"_L1] = timeToJson(m_backend->clock()->now() - m_arguments.sinceMs);
    return params;
}

void Logs::followConnection()
{
    const Link *link = m_backend->link();
    if (link->isLive()) {
        if (std::exchange(m_isAway, false))
            emit complained(u"connected again"_s);
        return;
    }
    // The stream is gone with the connection. What was asked for once has no place to go on from.
    if (!m_arguments.follow || link->state() != Link::State::Reconnecting) {
        emit failed(u"the connection to the server was lost"_s);
        return;
    }
    m_isAway = true;
    m_again.stop();
    emit complained(u"connection lost; the log goes on when it is back"_s);
    resume();
    m_stream.change(params());
}

void Logs::resume()
{
    m_stream.takeIn();
    m_stream.drop();
    m_rest.clear();
    m_place.resume();
}

void Logs::end(const Error &error)
{
    if (m_isAway)
        return; // asked while the connection broke: it is asked again
    const bool comesBack = error.code == DeviceOffline || error.code == Unavailable || error.code == TimedOut;
    if (m_arguments.follow && m_hasBegun && comesBack) {
        // After a server the device has to find its way as well.
        if (!std::exchange(m_isDeviceAway, true))
            emit complained(u"%1; the log goes on when it can"_s.arg(error.message));
        m_again.start(askAgain);
        return;
    }
    if (!m_rest.isEmpty())
        takeLine(std::exchange(m_rest, {}));
    if (error.code != 0)
        emit failed(error.message);
    else
        emit ended();
}

void Logs::start(std::chrono::milliseconds silence)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        resume();
        m_stream.begin(params());
    });
    connect(&m_stream, &CreditedStream::started, this, [this] {
        m_hasBegun = true;
        m_isDeviceAway = false;
    });
    connect(&m_stream, &CreditedStream::failed, this, &Logs::end);
    connect(&m_stream, &CreditedStream::taken, this, &Logs::take);
    connect(&m_stream, &CreditedStream::ended, this, &Logs::end);
    connect(m_backend->link(), &Link::stateChanged, this, &Logs::followConnection);
    connect(m_backend->link(), &Link::movedTo, this, [this](const QString &address) { emit complained(u"now at %1"_s.arg(address)); });
    // Who follows waits for what may come next week; who asks for what is there waits for an end.
    if (!m_arguments.follow) {
        m_silence.setSingleShot(true);
        m_silence.setInterval(silence);
        connect(&m_silence, &QTimer::timeout, this, [this] {
            emit failed(u"nothing more of the log came within %1 s, and not its end: the device may have gone; try again"_s.arg(
                m_silence.interval() / 1000));
        });
        connect(&m_stream, &CreditedStream::came, &m_silence, qOverload<>(&QTimer::start));
        m_silence.start();
    }
    m_stream.begin(params());
}

void Logs::take(const QString &text)
{
    // A piece ends where its window did, which may be within a line.
    m_rest += text;
    const qsizetype end = m_rest.lastIndexOf(u'\n');
    for (const QStringView line : QStringView(m_rest).first(end + 1).split(u'\n', Qt::SkipEmptyParts))
        takeLine(line);
    m_rest.remove(0, end + 1);
}

void Logs::takeLine(QStringView text)
{
    const LogLine line = LogLine::parse(text);
    if (m_place.isKnown(line))
        return;
    m_place.note(line);
    printLine(line);
}

void Logs::printLine(const LogLine &line)
{
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
