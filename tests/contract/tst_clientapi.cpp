// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contract/contract.h"
#include "server/api/livetopics.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QLoggingCategory>
#include <QRegularExpression>

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
        QMap<QString, QString> paramsOf;
        const auto names = [](const QJsonValue &list) {
            QStringList all;
            for (const auto &name : list.toArray())
                all << name.toString();
            return all.join(u' ');
        };
        const QJsonObject paths = document["paths"_L1].toObject();
        for (const auto &path : paths) {
            const QJsonObject operations = path.toObject();
            for (const auto &operation : operations) {
                const QString name = operation["operationId"_L1].toString().split(u'.').mid(0, 2).join(u'.');
                permissionOf.insert(name, operation["x-permission"_L1].toString());
                paramsOf.insert(name, names(operation["x-params"_L1]));
            }
        }
        for (const auto &method : document["x-live"_L1].toArray()) {
            permissionOf.insert(method["name"_L1].toString(), method["x-permission"_L1].toString());
            paramsOf.insert(method["name"_L1].toString(), names(method["x-params"_L1]));
        }

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
            "} // namespace topic\n\n/// A method, what it takes to call it, and the names of its params.\nstruct MethodFacts\n{\n    "
            "QLatin1StringView name;\n    "
            "QLatin1StringView permission;\n    QLatin1StringView params;\n};\ninline constexpr std::array methods{\n"_L1;
        for (const auto &[name, permission] : permissionOf.asKeyValueRange())
            text += u"    MethodFacts{method::%1, permission::%2, QLatin1StringView(\"%3\")},\n"_s.arg(
                identifier(name), identifier(permission), paramsOf[name]);
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

    /// Screens and shell write names as they are: none that the table does not have.
    void everyNameThatClientsUseIsThere()
    {
        const QRegularExpression named(
            uR"re("((?:ApiKeys|Approvals|Audit|Bulks|Commands|Containers|Devices|Methods|Selections|Server|Session|Sessions|Setup|SignInLinks|Users|Live)\.[A-Z]\w+)")re"_s);
        const QRegularExpression permitted(uR"re((?:may\(|permission: )"([a-z]+\.[a-z]+)")re"_s);
        QStringList known;
        for (const contract::MethodFacts &facts : contract::methods)
            known.append(facts.name);
        for (const contract::TopicFacts &facts : contract::topics)
            known.append(facts.notification);
        known += {u"Live.LogEnd"_s, u"Live.SignedOut"_s};
        const QStringList permissions = operators::permissionsOf(operators::Role::Admin);
        int found = 0;
        for (const QString &part : {u"client"_s, u"qml"_s, u"cli"_s, u"app"_s, u"wasm"_s}) {
            QDirIterator files(QStringLiteral(MUSTER_SOURCE_DIR "/") + part, {u"*.qml"_s, u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.fileName().contains("/tests/"_L1))
                    continue;
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString text = QString::fromUtf8(file.readAll());
                for (const auto &match : named.globalMatch(text)) {
                    QVERIFY2(known.contains(match.captured(1)), qPrintable(file.fileName() + ": there is no "_L1 + match.captured(1)));
                    ++found;
                }
                for (const auto &match : permitted.globalMatch(text))
                    QVERIFY2(permissions.contains(match.captured(1)), qPrintable(file.fileName() + ": nobody has "_L1 + match.captured(1)));
            }
        }
        QVERIFY(found > 50);
    }
};

MUSTER_TEST(ClientApiTest)
#include "tst_clientapi.moc"
