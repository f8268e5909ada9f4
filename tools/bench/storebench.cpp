// SPDX-License-Identifier: GPL-3.0-or-later
// What a store does in a second, without a server before it: fills one with accepted devices and with samples, and prints what that took as
// JSON. What it leaves behind is a store that a server can start with.
#include "server/store/keystore.h"
#include "server/store/place.h"
#include "server/store/telemetrystore.h"

#include "protocol/signing/keys.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTextStream>

using namespace muster;
using namespace muster::store;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A batch of five minutes, as an agent sends it.
constexpr int samplesPerBatch = 30;
constexpr qint64 sampleStep = 10'000;
/// So many wait at once; a store refuses more than 20,000.
constexpr qsizetype waiting = 5'000;

double rate(qint64 count, const QElapsedTimer &timer)
{
    return static_cast<double>(count) * 1e9 / static_cast<double>(timer.nsecsElapsed());
}

/// Waits for all of them. @return what the first that failed says
template <typename T>
Result<void> settle(QList<QFuture<Result<T>>> &futures)
{
    for (QFuture<Result<T>> &future : futures) {
        if (const auto done = future.result(); !done)
            return std::unexpected(done.error());
    }
    futures.clear();
    return {};
}

QString nameOf(int device)
{
    return u"bench-%1"_s.arg(device, 6, 10, '0'_L1);
}

/// Keys are shown, then accepted, each with its entry in the audit.
Result<void> approve(KeyStore &keys, int devices, QJsonObject &figures)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QList<QFuture<Result<qint64>>> shown;
    QList<qint64> ids;
    const auto collect = [&]() -> Result<void> {
        for (QFuture<Result<qint64>> &one : shown) {
            const auto id = one.result();
            if (!id)
                return std::unexpected(id.error());
            ids << *id;
        }
        shown.clear();
        return {};
    };
    for (int i = 0; i < devices; ++i) {
        const auto key = KeyPair::generate(Algorithm::EdDSA);
        if (!key)
            return std::unexpected(key.error());
        shown << keys.present({.deviceId = nameOf(i),
                               .spki = key->publicKey().spki(),
                               .keyId = key->publicKey().id(),
                               .algorithm = u"EdDSA"_s,
                               .bits = 256,
                               .firstSeen = now,
                               .lastSeen = now,
                               .address = u"192.0.2.1"_s,
                               .machine = {{"os"_L1, "Debian GNU/Linux 13"_L1}},
                               .decidedAt = {}});
        if (shown.size() == waiting) {
            if (auto collected = collect(); !collected)
                return collected;
        }
    }
    if (auto collected = collect(); !collected)
        return collected;
    QElapsedTimer timer;
    timer.start();
    QList<QFuture<Result<int>>> decided;
    for (const qint64 id : std::as_const(ids)) {
        decided << keys.decide(
            id, KeyState::Accepted,
            {.time = now, .actor = u"bench"_s, .method = u"Approvals.Accept"_s, .target = QString::number(id), .outcome = u"ok"_s});
        if (decided.size() == waiting) {
            if (auto settled = settle(decided); !settled)
                return settled;
        }
    }
    if (auto settled = settle(decided); !settled)
        return settled;
    figures["approvals_per_second"_L1] = rate(devices, timer);
    return {};
}

Result<void> store(TelemetryStore &telemetry, int devices, int seconds, QJsonObject &figures)
{
    QStringList names;
    for (int i = 0; i < devices; ++i)
        names << nameOf(i);
    if (const auto admitted = telemetry.admit(names).result(); !admitted)
        return std::unexpected(admitted.error());
    const qint64 begin = QDateTime::currentMSecsSinceEpoch() - qint64(1) * hour;
    QElapsedTimer timer;
    timer.start();
    QList<QFuture<Result<qsizetype>>> stored;
    qint64 samples = 0;
    for (int batch = 0; timer.elapsed() < seconds * 1000LL; ++batch) {
        QList<HealthSample> some(samplesPerBatch);
        for (int i = 0; i < samplesPerBatch; ++i) {
            some[i].time = begin + (batch / devices * samplesPerBatch + i) * sampleStep;
            some[i].values.fill(batch % 1000 + i);
        }
        samples += samplesPerBatch;
        stored << telemetry.append(names.at(batch % devices), some);
        if (stored.size() == waiting) {
            if (auto settled = settle(stored); !settled)
                return settled;
        }
    }
    if (auto settled = settle(stored); !settled)
        return settled;
    figures["samples_per_second"_L1] = rate(samples, timer);
    return {};
}

Result<QJsonObject> measure(const Place &place, int devices, int seconds)
{
    MusterDatabase database(place.muster());
    if (const auto opened = database.open(); !opened)
        return std::unexpected(opened.error());
    TelemetryStore telemetry(place.telemetry());
    if (const auto opened = telemetry.open(); !opened)
        return std::unexpected(opened.error());
    KeyStore keys(database);
    QJsonObject figures;
    if (const auto done = approve(keys, devices, figures); !done)
        return std::unexpected(done.error());
    if (const auto done = store(telemetry, devices, seconds, figures); !done)
        return std::unexpected(done.error());
    return figures;
}

} // namespace

int main(int argc, char **argv)
{
    const CryptoLibrary crypto;
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"What a store does in a second."_s);
    parser.addHelpOption();
    parser.addOptions({{u"data"_s, u"Folder of SQLite's files"_s, u"DIR"_s},
                       {u"database"_s, u"postgresql://… in their place"_s, u"URL"_s},
                       {u"devices"_s, u"How many are accepted"_s, u"N"_s, u"10000"_s},
                       {u"seconds"_s, u"For how long samples are stored"_s, u"S"_s, u"10"_s}});
    parser.process(application);
    Place place{.folder = parser.value(u"data"_s)};
    if (parser.isSet(u"database"_s)) {
        const auto address = PostgresAddress::parse(parser.value(u"database"_s));
        if (address)
            place.address = *address;
    }
    if (!place.address && !QDir().mkpath(place.folder)) {
        QTextStream(stderr) << "muster-storebench: give --data, a folder, or --database, an address of PostgreSQL" << Qt::endl;
        return 2;
    }
    const auto figures = measure(place, parser.value(u"devices"_s).toInt(), parser.value(u"seconds"_s).toInt());
    if (!figures) {
        QTextStream(stderr) << "muster-storebench: " << figures.error().message << Qt::endl;
        return 1;
    }
    QTextStream(stdout) << QJsonDocument(*figures).toJson(QJsonDocument::Compact) << Qt::endl;
    return 0;
}
