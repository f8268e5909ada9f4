// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/standby.h"

#include "server/api/metrics.h"
#include "server/doors/signed/standbydoor.h"
#include "server/listen/descriptors.h"
#include "server/serverurls.h"
#include "server/web/securityheaders.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr QByteArrayView devicePath("/device");
constexpr int ok = 200;
constexpr int serviceUnavailable = 503;
constexpr int temporaryRedirect = 307;

} // namespace

Standby::Standby(const Settings &settings, std::shared_ptr<const Signer> signer)
    : m_settings(settings)
    , m_signer(std::move(signer))
{
}

Standby::~Standby()
{
    m_listener.reset();
    m_threads.clear();
}

void Standby::setLeader(const QString &url, const QString &trouble)
{
    const QMutexLocker lock(&m_mutex);
    m_leader = {.url = url, .trouble = trouble};
}

Standby::Leader Standby::leader() const
{
    const QMutexLocker lock(&m_mutex);
    return m_leader;
}

Result<void> Standby::start()
{
    const auto tls = m_settings.tls();
    if (!tls)
        return std::unexpected(tls.error());
    m_rooms = std::make_unique<listen::Rooms>(listen::Rooms::sizesFor(listen::raiseDescriptorLimit()));
    const bool secure = !m_settings.tlsCertificate.isEmpty() || m_settings.url.startsWith("https:"_L1);
    const listen::IoContext context{.rooms = *m_rooms,
                                    .counts = m_counts,
                                    .known = m_known,
                                    .tls = tls->configuration,
                                    .securityLines = web::securityLines(secure),
                                    .doors = {{devicePath.toByteArray(),
                                               [this]() -> std::unique_ptr<doors::Door> {
                                                   return std::make_unique<doors::StandbyDoor>(
                                                       m_signer, [this] { return ServerUrls::forDevices(leader().url); });
                                               }}},
                                    .handOver = [this](listen::HttpFront &front) { take(front); }};
    // It has nothing to do but to say so.
    m_threads.push_back(std::make_unique<listen::IoThread>(0, context));
    m_listener = std::make_unique<listen::Listener>(m_threads);
    return m_listener->open(m_settings.address, m_settings.port);
}

void Standby::take(listen::HttpFront &front)
{
    front.connection().moveToThread(m_keeper.thread());
    QMetaObject::invokeMethod(
        &m_keeper,
        [this, &front] {
            m_keeper.keep(&front.connection());
            if (!front.connection().hasEnded())
                answer(front);
        },
        Qt::QueuedConnection);
}

void Standby::answer(listen::HttpFront &front) const
{
    const auto [url, trouble] = leader();
    const QByteArray path = front.head().path();
    // Whoever watches both servers asks each for itself. It says no more than /healthz does, and asks for no key, which it could not check.
    if (path == "/metrics")
        return front.answer(ok, "text/plain; version=0.0.4; charset=utf-8", api::standbyMetricsText(trouble.isEmpty()));
    if (url.isEmpty())
        return front.turnAway(serviceUnavailable,
                              trouble.isEmpty() ? u"this server stands by, and nobody leads at this moment: try again in some seconds"_s
                                                : u"this server stands by, and does not know who leads: %1"_s.arg(trouble),
                              "Retry-After: 2\r\n");
    const QByteArray named = "Muster-Leader: " + url.toUtf8() + "\r\n";
    // A health check must not follow the way to the other server, and find that one well. People and programs do.
    if (path == "/healthz")
        return front.turnAway(serviceUnavailable, u"this server stands by: %1 leads"_s.arg(url), named + "Retry-After: 2\r\n");
    front.turnAway(temporaryRedirect, u"this server stands by: %1 leads"_s.arg(url),
                   named + "Location: " + url.toUtf8() + front.head().target + "\r\n");
}

} // namespace muster
