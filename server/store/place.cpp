// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/place.h"

#include "server/store/connection.h"
#include "server/store/musterdatabase.h"
#include "server/store/postgres/postgresdialect.h"
#include "server/store/sqlite/sqlitedialect.h"
#include "server/store/telemetrystore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

std::shared_ptr<const Dialect> dialectOf(const Place &place, const QString &name, Durability durability)
{
    if (place.address)
        return std::make_shared<PostgresDialect>(*place.address, name, durability, place.epoch);
    return std::make_shared<SqliteDialect>(place.folder + u'/' + name + ".db"_L1, durability);
}

} // namespace

std::shared_ptr<const Dialect> Place::muster() const
{
    return dialectOf(*this, u"muster"_s, Durability::Full);
}

std::shared_ptr<const Dialect> Place::telemetry() const
{
    return dialectOf(*this, u"telemetry"_s, Durability::Normal);
}

Result<void> checkDatabase(const PostgresAddress &address)
{
    for (const auto &[schema, newest] :
         {std::pair(u"muster"_s, MusterDatabase::newestSchema()), std::pair(u"telemetry"_s, TelemetryStore::newestSchema())}) {
        const PostgresDialect dialect(address, schema, Durability::Full);
        Connection connection(dialect);
        auto good = connection.open();
        if (good)
            good = dialect.examine(connection.sql(), newest);
        if (good)
            good = dialect.examineWritable(connection.sql());
        if (!good)
            return failure(good.error().code, u"database: %1 cannot be used: %2"_s.arg(address.toString(), good.error().message));
    }
    return {};
}

} // namespace muster::store
