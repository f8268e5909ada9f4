// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/system/rebootcapability.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"

#include <QFile>
#include <QJsonArray>
#include <QLoggingCategory>
#include <QProcess>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logSystem, "muster.agent.system")

/// ms. The receipt of a command goes out before; nobody waits for longer than a minute by mistake.
constexpr qint64 shortestDelay = 1'000;
constexpr qint64 delay = 3'000;
constexpr qint64 longestDelay = 60'000;
constexpr qsizetype reasonLength = 200;

constexpr char rebootParams[] =
    R"({"type":"object","properties":{"delay_ms":{"type":"integer","minimum":1000,"maximum":60000,"default":3000},)"
    R"("reason":{"type":"string","maxLength":200,"description":"Stands in the device's log"}}})";
constexpr char rebootResult[] =
    R"({"type":"object","properties":{"delay_ms":{"type":"integer","description":"Until it begins"}},"required":["delay_ms"]})";

} // namespace

RebootCapability::RebootCapability(ServerLink &link, QStringList command, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_command(std::move(command))
{
    m_wait.setSingleShot(true);
    m_wait.setTimerType(Qt::PreciseTimer);
    connect(&m_wait, &QTimer::timeout, this, &RebootCapability::run);
}

QString RebootCapability::systemCommand(const QString &root)
{
    return QFile::exists(root + "/run/systemd/system"_L1) ? u"systemctl reboot"_s : u"reboot"_s;
}

void RebootCapability::addMethods(Registry &registry)
{
    if (!isThere())
        return;
    registry.add({.name = methods::reboot,
                  .summary = "Starts this machine anew",
                  .params = rebootParams,
                  .result = rebootResult,
                  .call = [this](const QJsonObject &params) { return ready(reboot(params)); }});
}

Answer RebootCapability::reboot(const QJsonObject &params)
{
    const QJsonValue wanted = params.value("delay_ms"_L1);
    const qint64 wait = wanted.isUndefined() ? delay : wanted.toInteger(-1);
    if (wait < shortestDelay || wait > longestDelay)
        return failure(InvalidParams, u"\"delay_ms\" must be a whole number from %1 to %2."_s.arg(shortestDelay).arg(longestDelay));
    const QJsonValue reason = params.value("reason"_L1);
    if (!reason.isUndefined() && (!reason.isString() || reason.toString().size() > reasonLength))
        return failure(InvalidParams, u"\"reason\" must be a text of at most %1 characters."_s.arg(reasonLength));
    // Asked once more before it came to it, it is still one.
    if (!m_wait.isActive()) {
        qCWarning(logSystem).noquote() << "the server asked to start this machine anew, in" << wait
                                       << "ms:" << cleanText(reason.toString(u"no reason given"_s), reasonLength);
        m_wait.start(std::chrono::milliseconds(wait));
    }
    return QJsonObject{{"delay_ms"_L1, m_wait.remainingTime()}};
}

void RebootCapability::run()
{
    auto *process = new QProcess(this);
    process->setProcessChannelMode(QProcess::MergedChannels);
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        tellFailed(process->errorString());
        process->deleteLater();
    });
    connect(process, &QProcess::finished, this, [this, process](int code) {
        if (code != 0)
            tellFailed(QString::fromUtf8(process->readAll()).trimmed());
        process->deleteLater();
    });
    process->start(m_command.first(), m_command.sliced(1));
}

void RebootCapability::tellFailed(const QString &why)
{
    const QString said = cleanText(why, limits::textLength);
    qCWarning(logSystem).noquote() << m_command.join(' '_L1) << "did not start this machine anew:" << said;
    const QJsonObject event{{"name"_L1, "reboot.failed"_L1},
                            {"time"_L1, m_link.clock().now()},
                            {"source"_L1, "muster-agent"_L1},
                            {"data"_L1, QJsonObject{{"command"_L1, m_command.join(' '_L1)}, {"message"_L1, said}}}};
    (void)m_link.call(methods::eventReport, {{"events"_L1, QJsonArray{event}}});
}

} // namespace muster::agent
