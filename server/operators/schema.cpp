// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/schema.h"

#include "protocol/rpc/message.h"

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

class Schema::Private
{
public:
    valijson::Schema schema;
};

Schema::Schema(const QJsonObject &schema)
    : d(std::make_unique<Private>())
{
    const QJsonValue value(schema);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(valijson::adapters::QtJsonAdapter(value), d->schema);
}

Schema::~Schema() = default;

Result<void> Schema::validate(const QJsonValue &value, QLatin1StringView root) const
{
    const valijson::adapters::QtJsonAdapter adapter(value);
    valijson::ValidationResults results;
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    if (validator.validate(d->schema, adapter, &results))
        return {};
    // The innermost finding comes first and names the member; the others repeat it for what encloses it.
    valijson::ValidationResults::Error first;
    if (!results.popError(first))
        return failure(InvalidParams, u"the %1 do not fit"_s.arg(root));
    QString where;
    for (const std::string &part : first.context)
        where += QString::fromStdString(part);
    where.replace("<root>"_L1, root);
    QString what = QString::fromStdString(first.description);
    // In words of ours where Valijson speaks of its keywords.
    what.replace("Object contains a property that could not be validated using 'properties' or 'additionalProperties' constraints:"_L1,
                 "there is no member"_L1);
    what.replace("Missing required property"_L1, "there must be a member"_L1);
    what.replace("Value type not permitted by 'type' constraint."_L1, "a value of another type is wanted: see openapi.json"_L1);
    return failure(InvalidParams, cleanText(u"%1: %2"_s.arg(where, what), 400));
}

} // namespace muster::operators
