// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/simulator.h"

#include <QDir>
#include <QFile>
#include <QSslCertificate>

#include <ctime>

#include <sys/resource.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::simulator {

namespace {

/// Sockets of the threads' event loops, files, and the like.
constexpr rlim_t otherDescriptors = 256;

Result<void> allowConnections(int count)
{
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t needed = static_cast<rlim_t>(count) + otherDescriptors;
    limit.rlim_cur = std::min(std::max(limit.rlim_cur, needed), limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < needed)
        return failure(TooMany, u"%1 devices need %2 open files, and the system allows %3: see ulimit -n."_s.arg(count).arg(needed).arg(
                                    limit.rlim_cur));
    return {};
}

qint64 cpuMicroseconds()
{
    timespec time = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<qint64>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000;
}

Result<QSslConfiguration> tlsOf(const QString &caPath)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (caPath.isEmpty())
        return tls;
    QFile file(caPath);
    const QList<QSslCertificate> certificates = file.open(QIODevice::ReadOnly) ? QSslCertificate::fromData(file.readAll(), QSsl::Pem)
                                                                               : QList<QSslCertificate>();
    if (certificates.isEmpty())
        return failure(InvalidParams, u"--ca-certificate: \"%1\" holds no certificate in PEM."_s.arg(caPath));
    tls.setCaCertificates(certificates);
    return tls;
}

} // namespace

Simulator::Simulator(const Options &options)
    : m_options(options)
{
    connect(&m_ticks, &QTimer::timeout, this, &Simulator::tick);
}

Simulator::~Simulator()
{
    stop();
}

Result<QList<KeyPair>> Simulator::makeKeys() const
{
    QList<KeyPair> keys;
    for (int i = 0; i < m_options.distinctKeys; ++i) {
        const QString path =
            QDir(m_options.keysPath).filePath(u"%1%2-%3.pem"_s.arg(m_options.prefix, algorithmName(m_options.algorithm)).arg(i));
        Result<KeyPair> key = m_options.keysPath.isEmpty() ? KeyPair::generate(m_options.algorithm, 2048)
                                                           : KeyPair::loadOrCreate(path, m_options.algorithm);
        if (!key)
            return std::unexpected(key.error());
        keys.append(std::move(*key));
    }
    return keys;
}

Result<void> Simulator::start()
{
    if (auto allowed = allowConnections(m_options.devices); !allowed)
        return allowed;
    const Result<QSslConfiguration> tls = tlsOf(m_options.caPath);
    if (!tls)
        return std::unexpected(tls.error());
    const Result<QList<KeyPair>> keys = makeKeys();
    if (!keys)
        return std::unexpected(keys.error());

    QList<QList<Worker::Seat>> seats(m_options.threads);
    QHash<QString, QString> fingerprints;
    for (int i = 0; i < m_options.devices; ++i) {
        const KeyPair &key = keys->at(i % keys->size());
        seats[i % m_options.threads].append({.number = i, .key = key});
        if (!m_options.profilePath.isEmpty())
            fingerprints.insert(m_options.prefix + QString::number(i), key.publicKey().fingerprint());
    }
    if (!m_options.profilePath.isEmpty()) {
        const auto profile = Acceptor::readProfile(m_options.profilePath);
        if (!profile)
            return std::unexpected(profile.error());
        m_acceptor = std::make_unique<Acceptor>(profile->first, profile->second, fingerprints, *tls);
        connect(m_acceptor.get(), &Acceptor::failed, this, &Simulator::progressed);
        connect(m_acceptor.get(), &Acceptor::refused, this, [this](const QString &problem) {
            emit progressed(problem);
            emit finished();
        });
        m_acceptor->start();
    }

    m_clock.start();
    for (int i = 0; i < m_options.threads; ++i) {
        m_workers.push_back(
            std::make_unique<Worker>(seats[i], m_options, *tls, m_counters, static_cast<double>(seats[i].size()) / m_options.devices));
        m_threads.push_back(std::make_unique<QThread>());
        Worker *worker = m_workers.back().get();
        QThread *thread = m_threads.back().get();
        worker->moveToThread(thread);
        // Both are emitted in the thread itself, where the devices live.
        connect(thread, &QThread::started, worker, &Worker::start);
        connect(thread, &QThread::finished, worker, &Worker::stop);
        thread->start();
    }
    m_ticks.start(100ms);
    return {};
}

void Simulator::stop()
{
    if (std::exchange(m_isStopped, true))
        return;
    m_ticks.stop();
    if (m_acceptor)
        m_acceptor->stop();
    for (const auto &thread : m_threads)
        thread->quit();
    for (const auto &thread : m_threads)
        thread->wait();
}

void Simulator::tick()
{
    const int there = m_options.profilePath.isEmpty() ? m_counters.connected : m_counters.accepted;
    if (!m_isMeasuring && there >= m_options.devices) {
        m_isMeasuring = true;
        m_connectSeconds = static_cast<double>(m_clock.elapsed()) / 1000;
        if (m_acceptor)
            m_acceptor->stop();
        emit progressed(u"all %1 devices are there after %2 s"_s.arg(m_options.devices).arg(m_connectSeconds, 0, 'f', 1));
        m_counters.restart();
        m_cpuBefore = cpuMicroseconds();
        m_clock.restart();
    }
    const double seconds = static_cast<double>(m_clock.elapsed()) / 1000;
    if (m_isMeasuring && m_options.duration > 0 && seconds >= m_options.duration) {
        m_ticks.stop();
        emit finished();
        return;
    }
    if (m_clock.elapsed() % 1000 < 100) {
        emit progressed(
            u"connected %1  accepted %2  calls %3  errors %4  samples %5  lost %6  p50 %7 ms  p99 %8 ms"_s.arg(m_counters.connected.load())
                .arg(m_counters.accepted.load())
                .arg(m_counters.calls.load())
                .arg(m_counters.errors.load())
                .arg(m_counters.samples.load())
                .arg(m_counters.lost.load())
                .arg(static_cast<double>(m_counters.latency(0.5)) / 1000, 0, 'f', 2)
                .arg(static_cast<double>(m_counters.latency(0.99)) / 1000, 0, 'f', 2));
    }
}

QJsonObject Simulator::result() const
{
    QJsonObject object = m_counters.toJson(static_cast<double>(m_clock.elapsed()) / 1000);
    object.insert("devices"_L1, m_options.devices);
    object.insert("algorithm"_L1, algorithmName(m_options.algorithm));
    object.insert("all_there"_L1, m_isMeasuring);
    object.insert("connect_seconds"_L1, m_connectSeconds);
    object.insert("own_cpu_seconds"_L1, static_cast<double>(cpuMicroseconds() - m_cpuBefore) / 1e6);
    return object;
}

} // namespace muster::simulator
