// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgres/lease.h"

#include "server/steadytime.h"
#include "server/store/connection.h"
#include "server/store/migrations.h"
#include "server/store/musterdatabase.h"
#include "server/store/postgres/postgresdialect.h"

#include <QLoggingCategory>

#include <condition_variable>

#include <ctime>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

Q_LOGGING_CATEGORY(logLease, "muster.lease")

/// Milliseconds of a clock that nobody sets. Where there is one that goes on while the machine sleeps, that: the lease does not wait.
qint64 now()
{
#ifdef CLOCK_BOOTTIME
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return time.tv_sec * 1'000LL + time.tv_nsec / 1'000'000;
#else
    return steadyNow();
#endif
}

/// ms until the next try where the database did not answer.
constexpr std::chrono::milliseconds tryAgain{500};

QStringList tables()
{
    return {
        u"CREATE TABLE IF NOT EXISTS leadership (id INTEGER PRIMARY KEY CHECK (id = 1), epoch BIGINT NOT NULL, name TEXT NOT NULL, "
        "url TEXT NOT NULL, key TEXT NOT NULL, instance TEXT NOT NULL, until TIMESTAMPTZ NOT NULL)"_s,
        // When it ended is known to nobody where a leader was killed: the next one began at the earliest when its time was over.
        u"CREATE TABLE IF NOT EXISTS leadership_history (epoch BIGINT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, "
        "began TIMESTAMPTZ NOT NULL, ended TIMESTAMPTZ)"_s,
        u"CREATE TABLE IF NOT EXISTS leadership_member (url TEXT PRIMARY KEY, name TEXT NOT NULL, seen TIMESTAMPTZ NOT NULL)"_s,
        u"INSERT INTO leadership (id, epoch, name, url, key, instance, until) "
        "SELECT 1, coalesce(max(epoch), 0), '', '', '', '', '-infinity' FROM leadership_history ON CONFLICT (id) DO NOTHING"_s};
}

} // namespace

Lease::Lease(PostgresAddress address)
    : m_address(std::move(address))
    , m_dialect(std::make_unique<PostgresDialect>(m_address, u"muster"_s, Durability::Full))
{
}

Lease::~Lease()
{
    giveBack();
}

Result<void> Lease::connect()
{
    if (m_connection && !m_connection->sql().isLost())
        return {};
    m_connection = std::make_unique<Connection>(*m_dialect);
    auto opened = m_connection->open();
    if (!opened)
        m_connection.reset();
    return opened;
}

Result<void> Lease::open()
{
    const auto wrong = [this](const Error &error) {
        return failure(error.code, u"the database %1 cannot be used: %2. %3"_s.arg(m_dialect->place(), error.message,
                                                                                   m_dialect->advice(error.code == Unavailable)));
    };
    if (const auto connected = connect(); !connected)
        return wrong(connected.error());
    Sql &sql = m_connection->sql();
    if (const auto prepared = m_dialect->prepare(sql, false, MusterDatabase::newestSchema()); !prepared)
        return wrong(prepared.error());
    if (const auto made = m_dialect->makeTables(sql, tables()); !made)
        return wrong(made.error());
    return {};
}

template <typename Ask>
auto Lease::asked(Ask ask) -> std::invoke_result_t<Ask, Sql &>
{
    if (const auto connected = connect(); !connected)
        return std::unexpected(connected.error());
    Sql &sql = m_connection->sql();
    auto answer = ask(sql);
    if (answer || answer.error().code != InternalError || sql.isLost())
        return answer;
    // What went on before goes on behind what the history has.
    if (const auto made = m_dialect->makeTables(sql, tables()); !made)
        return std::unexpected(made.error());
    return ask(sql);
}

Result<Lease::State> Lease::look()
{
    return asked([this](Sql &sql) -> Result<State> {
        const auto rows =
            sql.query(u"SELECT epoch, name, url, key, until > clock_timestamp(), until::text, instance FROM leadership WHERE id = 1"_s);
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            return failure(InternalError, u"the database has no row that says who leads"_s);
        const Row &row = rows->first();
        if (const QString until = row.at(5).toString(); until != m_seenUntil) {
            m_seenUntil = until;
            m_seenSince = now();
        }
        return State{.epoch = row.at(0).toLongLong(),
                     .holder = {.name = row.at(1).toString(),
                                .url = row.at(2).toString(),
                                .key = row.at(3).toString(),
                                .instance = row.at(6).toString()},
                     .isHeld = isHeld(row.at(4).toBool(), row.at(5).toString())};
    });
}

bool Lease::isHeld(bool isCurrent, const QString &until) const
{
    return isCurrent && (until != m_seenUntil || now() - m_seenSince < std::chrono::milliseconds(standsStill).count());
}

Result<void> Lease::announce(const Holder &own)
{
    return asked([&own](Sql &sql) -> Result<void> {
        const auto done = sql.execute(
            u"INSERT INTO leadership_member (url, name, seen) VALUES (?, ?, clock_timestamp()) "
            "ON CONFLICT (url) DO UPDATE SET name = excluded.name, seen = excluded.seen"_s,
            {own.url, own.name});
        return done ? Result<void>() : std::unexpected(done.error());
    });
}

Result<QStringList> Lease::members()
{
    return asked([](Sql &sql) -> Result<QStringList> {
        if (const auto gone = sql.execute(u"DELETE FROM leadership_member WHERE seen < clock_timestamp() - interval '1 day'"_s); !gone)
            return std::unexpected(gone.error());
        const auto rows = sql.query(u"SELECT url FROM leadership_member ORDER BY seen DESC LIMIT 16"_s);
        if (!rows)
            return std::unexpected(rows.error());
        QStringList urls;
        for (const Row &row : *rows)
            urls << row.first().toString();
        return urls;
    });
}

Result<qint64> Lease::take(const Holder &own, bool back)
{
    return asked([&, this](Sql &sql) { return takeOnce(sql, own, back); });
}

Result<qint64> Lease::takeOnce(Sql &sql, const Holder &own, bool back)
{
    const qint64 asked = now();
    if (const auto begun = sql.begin(false); !begun)
        return std::unexpected(begun.error());
    // Waits for transactions of the one before, which look at this row (FOR KEY SHARE) and are ended where they stand still.
    const auto rows =
        sql.query(u"SELECT epoch, key, until > clock_timestamp(), until::text, instance FROM leadership WHERE id = 1 FOR UPDATE"_s);
    const auto giveUp = [&sql](const Error &error) {
        sql.rollBack();
        return std::unexpected(error);
    };
    if (!rows)
        return giveUp(rows.error());
    const bool isBack = back && !own.instance.isEmpty() && rows->value(0).value(4).toString() == own.instance;
    if (rows->isEmpty() || (!isBack && isHeld(rows->first().at(2).toBool(), rows->first().at(3).toString()))) {
        sql.rollBack();
        return 0;
    }
    // While this one stood by, a newer program may have led.
    if (const auto schema = m_dialect->schemaVersion(sql); !schema)
        return giveUp(schema.error());
    else if (*schema > MusterDatabase::newestSchema())
        return giveUp({.code = Conflict,
                       .message = u"the database %1 %2"_s.arg(m_dialect->place(),
                                                              newerSchema(*schema, MusterDatabase::newestSchema()).error().message)});
    if (const QString key = rows->first().at(1).toString(); !key.isEmpty() && key != own.key)
        return giveUp(
            {.code = Conflict,
             .message = u"the database %1 belongs to a Muster whose key is %2, and this one's is %3: copy the folder \"keys\" from "
                        "there, or give an empty database"_s.arg(m_dialect->place(), key, own.key)});
    const qint64 epoch = rows->first().at(0).toLongLong() + 1;
    const QString until = u"clock_timestamp() + interval '%1 s'"_s.arg(length.count());
    if (const auto done =
            sql.execute(u"UPDATE leadership SET epoch = ?, name = ?, url = ?, key = ?, instance = ?, until = %1 WHERE id = 1"_s.arg(until),
                        {epoch, own.name, own.url, own.key, own.instance});
        !done)
        return giveUp(done.error());
    if (const auto done = sql.execute(u"INSERT INTO leadership_history (epoch, name, url, began) VALUES (?, ?, ?, clock_timestamp())"_s,
                                      {epoch, own.name, own.url});
        !done)
        return giveUp(done.error());
    if (const auto done = sql.commit(); !done)
        return std::unexpected(done.error());
    m_epoch = epoch;
    m_renewedAt = asked;
    m_isTaken = false;
    return epoch;
}

void Lease::keep()
{
    // The connection stays with this thread; the one that renews has its own.
    m_renewing = std::jthread([this, epoch = m_epoch](const std::stop_token &stop) { renewLoop(epoch, stop); });
}

void Lease::renewLoop(qint64 epoch, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    const auto pause = [&](std::chrono::milliseconds time) {
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, time, [] { return false; });
    };
    Connection connection(*m_dialect);
    bool isOpen = false;
    while (!stop.stop_requested()) {
        const qint64 asked = now();
        if (!isOpen)
            isOpen = connection.open().has_value();
        const auto renewal = isOpen ? connection.sql().execute(
                                          u"UPDATE leadership SET until = clock_timestamp() + interval '%1 s' "
                                          "WHERE epoch = ? AND until > clock_timestamp()"_s.arg(length.count()),
                                          {epoch})
                                    : Result<int>(failure(Unavailable, u"not connected"_s));
        if (renewal && *renewal == 0) {
            m_isTaken = true;
            return;
        }
        if (renewal) {
            m_renewedAt = asked;
        } else {
            qCWarning(logLease).noquote() << "the database does not renew the lease:" << renewal.error().message;
            isOpen = false;
        }
        pause(renewal ? std::chrono::milliseconds(renewed) : tryAgain);
    }
}

bool Lease::isLost() const
{
    return m_epoch != 0 && (m_isTaken || now() - m_renewedAt > std::chrono::milliseconds(length).count());
}

void Lease::giveBack()
{
    if (m_renewing.joinable()) {
        m_renewing.request_stop();
        m_renewing.join();
    }
    if (m_epoch == 0 || !connect())
        return;
    Sql &sql = m_connection->sql();
    (void)sql.execute(u"UPDATE leadership_history SET ended = clock_timestamp() WHERE epoch = ?"_s, {m_epoch});
    (void)sql.execute(u"UPDATE leadership SET until = clock_timestamp() WHERE epoch = ?"_s, {m_epoch});
    m_epoch = 0;
}

} // namespace muster::store
