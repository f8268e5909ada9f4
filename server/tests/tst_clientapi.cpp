// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/livetopics.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// devices.read -> devicesRead, Devices.List -> devicesList
QString identifier(const QString &name)
{
    QString text;
    bool isUp = false;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            text += text.isEmpty() ? c.toLower() : isUp ? c.toUpper() : c;
        isUp = !c.isLetterOrNumber();
    }
    return text == "public"_L1 ? u"everyone"_s : text == "session"_L1 ? u"signedIn"_s : text;
}

QString constant(const QString &name)
{
    return u"inline constexpr QLatin1StringView %1(\"%2\");\n"_s.arg(identifier(name), name);
}

QString roleLine(const QString &role, const QStringList &permissions)
{
    QStringList names;
    for (const QString &name : permissions)
        names.append("permission::"_L1 + identifier(name));
    return u"inline constexpr std::array %1Permissions{%2};\n"_s.arg(role, names.join(", "_L1));
}

} // namespace

/// What clients know of the operator API stands in client/contract/contract.h, written from the method table.
class ClientApiTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void clientsKnowTheTable()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        TestServer server;
        QCOMPARE(server.start(), QString());
        const QJsonObject document = server.get(u"/api/v2/openapi.json"_s).json;
        QMap<QString, QString> permissionOf;
        const QJsonObject paths = document["paths"_L1].toObject();
        for (const auto &path : paths) {
            const QJsonObject operations = path.toObject();
            for (const auto &operation : operations)
                permissionOf.insert(operation["operationId"_L1].toString().split(u'.').mid(0, 2).join(u'.'),
                                    operation["x-permission"_L1].toString());
        }
        for (const auto &method : document["x-live"_L1].toArray())
            permissionOf.insert(method["name"_L1].toString(), method["x-permission"_L1].toString());

        QString text =
            u"// SPDX-License-Identifier: GPL-3.0-or-later\n"
            "// The names of the operator API, as the server's method table has them. MUSTER_WRITE=1 tst_clientapi writes this file.\n"
            "#pragma once\n\n#include <QLatin1StringView>\n\n#include <array>\n\nnamespace muster::contract {\n\nnamespace permission {\n"_s;
        QStringList permissions = operators::permissionsOf(operators::Role::Admin);
        permissions.append(operators::permission::everyone);
        permissions.sort();
        for (const QString &permission : std::as_const(permissions))
            text += constant(permission);
        text += "} // namespace permission\n\nnamespace method {\n"_L1;
        for (const QString &name : permissionOf.keys())
            text += constant(name);
        text += "} // namespace method\n\nnamespace topic {\n"_L1;
        for (const api::TopicRow &row : api::topics)
            text += constant(row.name);
        text +=
            "} // namespace topic\n\n/// A method, and what it takes to call it.\nstruct MethodFacts\n{\n    QLatin1StringView name;\n    "
            "QLatin1StringView permission;\n};\ninline constexpr std::array methods{\n"_L1;
        for (const auto &[name, permission] : permissionOf.asKeyValueRange())
            text += u"    MethodFacts{method::%1, permission::%2},\n"_s.arg(identifier(name), identifier(permission));
        text +=
            "};\n\n/// A topic of live sockets, what it takes to watch it, and what tells of changes.\nstruct TopicFacts\n{\n    "
            "QLatin1StringView name;\n    QLatin1StringView permission;\n    QLatin1StringView notification;\n};\ninline constexpr "
            "std::array topics{\n"_L1;
        for (const api::TopicRow &row : api::topics)
            text += u"    TopicFacts{topic::%1, permission::%2, QLatin1StringView(\"%3\")},\n"_s.arg(
                identifier(row.name), identifier(row.permission), QString(row.notification));
        text += "};\n\n"_L1;
        for (const auto role : {operators::Role::Viewer, operators::Role::Operator, operators::Role::Admin})
            text += roleLine(operators::roleName(role), operators::permissionsOf(role));
        text += "\n} // namespace muster::contract\n"_L1;

        QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/client/contract/contract.h"));
        if (qEnvironmentVariableIsSet("MUSTER_WRITE")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.toUtf8());
            return;
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        // Laid out by clang-format: what counts is what it says.
        const auto bare = [](QString source) { return source.remove(u' ').remove(u'\n').replace(",}"_L1, "}"_L1); };
        QCOMPARE(bare(QString::fromUtf8(file.readAll())), bare(text));
    }
};

MUSTER_TEST(ClientApiTest)
#include "tst_clientapi.moc"
