// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/bundlemaker.h"
#include "server/tests/rawhttp.h"
#include "server/tests/selfsigned.h"
#include "server/tests/testserver.h"
#include "server/web/bundle.h"
#include "server/web/negotiation.h"
#include "tests/support/testcase.h"

#include <QCryptographicHash>
#include <QLoggingCategory>
#include <QRegularExpression>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// The browser program as a browser gets it, whole, damaged, missing and replaced.
class WebTest : public TestCase
{
    Q_OBJECT

    static constexpr qsizetype bigBytes = 10'000'000;
    static inline const QByteArray html = "<!doctype html><title>Muster</title>";
    static inline const QByteArray script = "console.log('muster')";

    /// Sanitizers keep what is freed.
#ifdef MUSTER_SLOW_TESTS
    static constexpr bool memoryTells = false;
#else
    static constexpr bool memoryTells = true;
#endif

    QTemporaryDir m_folder;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<BundleMaker> m_bundle;

    static QByteArray bigContents(char salt)
    {
        QByteArray contents(bigBytes, salt);
        for (qsizetype i = 0; i < bigBytes; i += 1000)
            contents[i] = static_cast<char>(i / 1000);
        return contents;
    }

    /// A small, whole bundle.
    void fill(const QByteArray &start = html)
    {
        m_bundle->add(u"index.html"_s, u"text/html; charset=utf-8"_s, start);
        m_bundle->add(u"web/app-1.js"_s, u"text/javascript"_s, script);
        m_bundle->add(u"web/app-1.wasm"_s, u"application/wasm"_s, "\0asm", false);
    }

    void startServer(Settings settings = {})
    {
        settings.web = m_bundle->folder;
        m_server = std::make_unique<TestServer>(settings);
        QCOMPARE(m_server->start(), QString());
    }

    [[nodiscard]] RawAnswer ask(const QByteArray &path, const QHash<QByteArray, QByteArray> &headers = {}, const QByteArray &verb = "GET")
    {
        RawHttp http(m_server->server->url());
        return http.ask(verb, path, headers);
    }

    /// Asks until the server has looked: the check of a bundle takes a moment.
    [[nodiscard]] bool becomes(int status, const QByteArray &contains)
    {
        return muster::test::eventually([&] {
            const RawAnswer answer = ask("/bundle.json");
            return answer.status == status && answer.body.contains(contains);
        });
    }

    static void expectDamage(const QString &says)
    {
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"does not serve the browser program .* damaged: .*"_s + QRegularExpression::escape(says)));
    }

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"muster.*.info=false"_s); }

    void init()
    {
        QTest::failOnWarning();
        m_bundle = std::make_unique<BundleMaker>();
        m_bundle->folder =
            m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + '-'_L1 + QString::number(qHash(QTest::currentDataTag())));
        QVERIFY(QDir().mkpath(m_bundle->folder));
    }

    void cleanup() { m_server.reset(); }

    // --- negotiation -----------------------------------------------------------------------------------------------

    void formsAreChosen_data()
    {
        QTest::addColumn<QByteArray>("accepts");
        QTest::addColumn<QByteArray>("gets");
        QTest::newRow("no header") << QByteArray() << QByteArray("identity");
        QTest::newRow("browser") << QByteArray("gzip, deflate, br, zstd") << QByteArray("br");
        QTest::newRow("gzip alone") << QByteArray("gzip") << QByteArray("gzip");
        QTest::newRow("neither") << QByteArray("deflate") << QByteArray("identity");
        QTest::newRow("q") << QByteArray("br;q=0.5, gzip;q=0.8") << QByteArray("gzip");
        QTest::newRow("least q") << QByteArray("br;q=0.001") << QByteArray("br");
        QTest::newRow("q=0") << QByteArray("br;q=0, gzip") << QByteArray("gzip");
        QTest::newRow("all q=0") << QByteArray("br;q=0, gzip;q=0") << QByteArray("identity");
        QTest::newRow("identity first") << QByteArray("identity, gzip;q=0.5") << QByteArray("identity");
        QTest::newRow("identity refused") << QByteArray("identity;q=0, gzip;q=0.1") << QByteArray("gzip");
        QTest::newRow("star") << QByteArray("*") << QByteArray("br");
        QTest::newRow("star without br") << QByteArray("br;q=0, *;q=0.3") << QByteArray("gzip");
        QTest::newRow("star refused") << QByteArray("gzip, *;q=0") << QByteArray("gzip");
        QTest::newRow("spaces and capitals") << QByteArray(" GZIP ; Q=1.0 ") << QByteArray("gzip");
        QTest::newRow("bad q") << QByteArray("br;q=many, gzip;q=-1") << QByteArray("identity");
        QTest::newRow("nothing is taken") << QByteArray("identity;q=0") << QByteArray("br");
    }

    void formsAreChosen()
    {
        QFETCH(const QByteArray, accepts);
        QFETCH(const QByteArray, gets);
        const auto best = web::bestCoding(accepts, {web::Coding::Brotli, web::Coding::Gzip, web::Coding::Identity});
        if (accepts == "identity;q=0")
            QVERIFY(!best);
        else
            QCOMPARE(best ? web::nameOf(*best) : QByteArrayView("none"), gets);
    }

    // --- a whole bundle --------------------------------------------------------------------------------------------

    void servesTheProgram()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "00112233445566aa"));

        const RawAnswer start = ask("/");
        QCOMPARE(start.status, 200);
        QCOMPARE(start.body, html);
        QCOMPARE(start.headers["content-type"], "text/html; charset=utf-8");
        QCOMPARE(start.headers["content-security-policy"], BundleMaker::policy.toLatin1());
        QCOMPARE(start.headers["cache-control"], "no-cache");
        QCOMPARE(start.headers["vary"], "Accept-Encoding");
        QVERIFY(!start.headers.contains("content-encoding"));

        const RawAnswer file = ask("/web/app-1.js");
        QCOMPARE(file.body, script);
        QCOMPARE(file.headers["content-type"], "text/javascript");
        QCOMPARE(file.headers["cache-control"], "public, max-age=31536000, immutable");
        QCOMPARE(ask("/web/app-1.wasm").headers["content-type"], "application/wasm");

        const RawAnswer version = ask("/bundle.json");
        QCOMPARE(version.body, R"({"id":"00112233445566aa","version":"0.1.0"})");
        QCOMPARE(version.headers["cache-control"], "no-cache");
        QCOMPARE(ask("/bundle.json", {{"If-None-Match", version.headers["etag"]}}).status, 304);
    }

    void everyAnswerIsGuarded()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        const QByteArray known = ask("/").headers["etag"];
        const QList<RawAnswer> answers{ask("/"),
                                       ask("/", {{"If-None-Match", known}}),
                                       ask("/bundle.json"),
                                       ask("/web/app-1.js"),
                                       ask("/web/none.js"),
                                       ask("/none", {{"Accept", "text/html"}}),
                                       ask("/", {{"Accept-Encoding", "*;q=0"}}),
                                       ask("/", {}, "POST"),
                                       ask("/healthz"),
                                       ask("/api/v2/none")};
        QCOMPARE(answers[1].status, 304);
        QCOMPARE(answers[6].status, 406);
        for (const RawAnswer &answer : answers) {
            QCOMPARE(answer.headers["x-content-type-options"], "nosniff");
            QCOMPARE(answer.headers["x-frame-options"], "DENY");
            QCOMPARE(answer.headers["referrer-policy"], "same-origin");
            QCOMPARE(answer.headers["cross-origin-opener-policy"], "same-origin");
            QCOMPARE(answer.headers["cross-origin-resource-policy"], "same-origin");
            QVERIFY(!answer.headers["permissions-policy"].isEmpty());
            QVERIFY(!answer.headers["content-security-policy"].isEmpty());
            QVERIFY(!answer.headers.contains("strict-transport-security"));
            QVERIFY(!answer.headers.contains("access-control-allow-origin"));
        }
    }

    void packedFormsGoToThoseWhoTakeThem()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        QSet<QByteArray> tags;
        for (const QByteArray &path : {QByteArray("/"), QByteArray("/web/app-1.js")}) {
            const QByteArray plain = path == "/" ? html : script;
            for (const auto &[accepts, body] :
                 {std::pair<QByteArray, QByteArray>{"br, gzip", "br:"}, {"gzip", "gzip:"}, {"identity", ""}}) {
                const RawAnswer answer = ask(path, {{"Accept-Encoding", accepts}});
                QCOMPARE(answer.body, body + plain);
                QCOMPARE(answer.headers["content-encoding"], body.chopped(body.isEmpty() ? 0 : 1));
                QCOMPARE(answer.headers["vary"], "Accept-Encoding");
                tags.insert(answer.headers["etag"]);
            }
        }
        // A cache must never take one form for another.
        QCOMPARE(tags.size(), 6);
        // What has no packed form comes plain.
        QVERIFY(!ask("/web/app-1.wasm", {{"Accept-Encoding", "br"}}).headers.contains("content-encoding"));
    }

    void whatIsKnownIsNotSentAgain()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        for (const QByteArray &path : {QByteArray("/"), QByteArray("/web/app-1.js")}) {
            const QByteArray tag = ask(path).headers["etag"];
            for (const QByteArray &header : {tag, QByteArray("W/" + tag), QByteArray("\"other\", " + tag), QByteArray("*")}) {
                RawHttp http(m_server->server->url());
                const RawAnswer answer = http.ask("GET", path, {{"If-None-Match", header}});
                QCOMPARE(answer.status, 304);
                QCOMPARE(answer.headers["etag"], tag);
                QVERIFY(!answer.headers.contains("content-length"));
                // The connection goes on.
                QCOMPARE(http.ask("GET", "/bundle.json").status, 200);
            }
            QCOMPARE(ask(path, {{"If-None-Match", "\"other\""}}).status, 200);
            QCOMPARE(ask(path, {{"If-None-Match", tag}, {"Accept-Encoding", "gzip"}}).status, 200);
        }
    }

    void headIsGetWithoutTheBody()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        for (const QByteArray &path : {QByteArray("/"), QByteArray("/web/app-1.js"), QByteArray("/bundle.json"), QByteArray("/none")}) {
            RawHttp http(m_server->server->url());
            const RawAnswer head = http.ask("HEAD", path);
            const RawAnswer get = http.ask("GET", path);
            QCOMPARE(head.status, get.status);
            QCOMPARE(head.headers, get.headers);
            QCOMPARE(get.headers["content-length"], QByteArray::number(get.body.size()));
        }
        QCOMPARE(ask("/web/app-1.js", {}, "PUT").status, 405);
        QCOMPARE(ask("/", {}, "POST").headers["allow"], "GET, HEAD");
    }

    void aConnectionServesManyAndEndsWhenAsked()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        RawHttp http(m_server->server->url());
        // All at once: answers come whole, and in the order of the requests.
        for (int i = 0; i < 5; ++i)
            http.send("GET", i % 2 == 0 ? "/web/app-1.js" : "/");
        for (int i = 0; i < 5; ++i)
            QCOMPARE(http.body(http.head().headers["content-length"].toInt()), i % 2 == 0 ? script : html);
        QCOMPARE(http.ask("GET", "/web/app-1.js", {{"Connection", "close"}}).body, script);
        QTRY_COMPARE(http.socket.state(), QAbstractSocket::UnconnectedState);
    }

    void nothingElseOfTheDiskIsServed()
    {
        fill();
        m_bundle->write(u"web/secret.txt"_s, "secret");
        m_bundle->write(u"progress.json"_s, R"({"state":"building"})");
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        for (const char *path : {"/web/../index.html",
                                 "/web/../../data/muster.db",
                                 "/web/%2e%2e/bundle.json",
                                 "/web/..%2fbundle.json",
                                 "/web//etc/passwd",
                                 "/web/%2fetc%2fpasswd",
                                 "/web/app-1.js%00",
                                 "/web/app-1.js%00.txt",
                                 "/web/app-1.js.br",
                                 "/web/secret.txt",
                                 "/web/",
                                 "/web",
                                 "/web/./app-1.js",
                                 "/web/app-1.js/",
                                 "/web/app-1.JS",
                                 "/index.html",
                                 "/index.html.br",
                                 "/progress.json",
                                 "/web\\app-1.js",
                                 "/web/%5c..%5cbundle.json",
                                 "/%2e%2e/etc/passwd",
                                 "/.."}) {
            const RawAnswer answer = ask(path);
            QVERIFY2(answer.status == 404, path);
            QVERIFY2(answer.body.contains("there is nothing at this path"), path);
        }
    }

    void nothingIsHereInTheFormThatIsAskedFor()
    {
        fill();
        m_bundle->finish();
        startServer();
        const QHash<QByteArray, QByteArray> browser{{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
        const RawAnswer page = ask("/nothing", browser);
        QCOMPARE(page.status, 404);
        QCOMPARE(page.headers["content-type"], "text/html; charset=utf-8");
        QVERIFY(page.body.contains("<a href=\"/\">"));
        const RawAnswer json = ask("/nothing");
        QCOMPARE(json.headers["content-type"], "application/json");
        QCOMPARE(QJsonDocument::fromJson(json.body)["error"_L1]["code"_L1], int(NotFound));
        for (const QByteArray &path : {QByteArray("/api"), QByteArray("/api/v1/x"), QByteArray("/api/v2/x"), QByteArray("/api/v2x")}) {
            QCOMPARE(ask(path, browser).status, 404);
            QCOMPARE(ask(path, browser).headers["content-type"], "application/json");
        }
    }

    // --- no bundle, or a bad one -----------------------------------------------------------------------------------

    void withoutAProgramItSaysSo()
    {
        startServer();
        const RawAnswer start = ask("/");
        QCOMPARE(start.status, 200);
        QVERIFY(start.body.contains("muster --connect"));
        const RawAnswer version = ask("/bundle.json");
        QCOMPARE(version.status, 404);
        QCOMPARE(QJsonDocument::fromJson(version.body)["error"_L1]["code"_L1], int(NotFound));
        QCOMPARE(ask("/web/app-1.js").status, 404);
    }

    void showsHowFarItIs()
    {
        m_bundle->write(u"progress.json"_s, R"({"state":"building","percent":42,"text":"Building <b>Qt</b>\u0007","secret":1})");
        startServer();
        QCOMPARE(ask("/").status, 503);
        QVERIFY(ask("/").body.contains("being built"));
        RawAnswer version = ask("/bundle.json");
        QCOMPARE(version.status, 503);
        QCOMPARE(version.headers["content-type"], "application/json");
        QJsonObject progress = QJsonDocument::fromJson(version.body).object();
        QCOMPARE(progress.keys(), QStringList({u"percent"_s, u"state"_s, u"text"_s}));
        QCOMPARE(progress["percent"_L1], 42);
        QCOMPARE(progress["text"_L1], u"Building <b>Qt</b>\uFFFD"_s);
        m_bundle->write(u"progress.json"_s, R"({"state":"failed","percent":4200,"text":"The disk is full"})");
        progress = QJsonDocument::fromJson(ask("/bundle.json").body).object();
        QCOMPARE(progress["state"_L1], "failed"_L1);
        QCOMPARE(progress["percent"_L1], 100);
        QCOMPARE(ask("/").status, 503);
        m_bundle->write(u"progress.json"_s, "{");
        QCOMPARE(ask("/bundle.json").status, 404);
        fill();
        m_bundle->finish();
        QVERIFY(becomes(200, "00112233445566aa"));
        QCOMPARE(ask("/").body, html);
        // Taken away again; pages that load already go on.
        QVERIFY(QFile::remove(m_bundle->folder + "/bundle.json"_L1));
        QVERIFY(becomes(404, "no browser program"));
        QVERIFY(ask("/").body.contains("muster --connect"));
        QCOMPARE(ask("/web/app-1.js").body, script);
    }

    void ownPagesRunWhatTheirPolicyNames()
    {
        m_bundle->write(u"progress.json"_s, R"({"state":"building"})");
        startServer();
        const RawAnswer page = ask("/");
        const QByteArray policy = page.headers["content-security-policy"];
        QVERIFY(policy.startsWith("default-src 'none'"));
        QVERIFY(!policy.contains("unsafe"));
        for (const QByteArray &tag : {QByteArray("style"), QByteArray("script")}) {
            const qsizetype begin = page.body.indexOf('<' + tag + '>') + tag.size() + 2;
            const QByteArray text = page.body.mid(begin, page.body.indexOf("</" + tag + '>') - begin);
            QVERIFY(text.size() > 100);
            const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64();
            QVERIFY(policy.contains(tag + "-src 'sha256-" + hash + '\''));
        }
        // Nothing of it is filled in by the page's frame and forgotten, or comes from elsewhere.
        QVERIFY(!page.body.contains('@' + QByteArray("body")) && !page.body.contains("http"));
        QVERIFY(!page.body.contains("style=") && !page.body.contains("onclick"));
    }

    void damagedBundlesAreRefused_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << u"text"_s << u"bundle.json"_s;
        QTest::newRow("path upwards") << u"path:../x"_s << u"is not allowed"_s;
        QTest::newRow("path upwards within") << u"path:web/../../x"_s << u"is not allowed"_s;
        QTest::newRow("absolute path") << u"path:/etc/passwd"_s << u"is not allowed"_s;
        QTest::newRow("path elsewhere") << u"path:muster.db"_s << u"is not allowed"_s;
        QTest::newRow("hidden path") << u"path:web/.x"_s << u"is not allowed"_s;
        QTest::newRow("empty path") << u"path:web/"_s << u"is not allowed"_s;
        QTest::newRow("strange path") << u"path:web/a b"_s << u"is not allowed"_s;
        QTest::newRow("missing file") << u"missing"_s << u"web/app-1.js"_s;
        QTest::newRow("cut file") << u"cut"_s << u"web/app-1.js"_s;
        QTest::newRow("grown file") << u"grown"_s << u"web/app-1.js"_s;
        QTest::newRow("changed file") << u"changed"_s << u"web/app-1.js"_s;
        QTest::newRow("changed packed form") << u"changed packed"_s << u"web/app-1.js.br"_s;
        QTest::newRow("no hash") << u"no hash"_s << u"sha256"_s;
        QTest::newRow("no start page") << u"no start"_s << u"index.html"_s;
        QTest::newRow("big start page") << u"big start"_s << u"index.html"_s;
        QTest::newRow("twice") << u"twice"_s << u"twice"_s;
        QTest::newRow("no policy") << u"no policy"_s << u"Content-Security-Policy"_s;
        QTest::newRow("other header") << u"header"_s << u"Set-Cookie"_s;
        QTest::newRow("two headers in one") << u"split"_s << u"Content-Security-Policy"_s;
        QTest::newRow("no id") << u"id"_s << u"\"id\""_s;
        QTest::newRow("type with a line") << u"type"_s << u"type"_s;
    }

    void damagedBundlesAreRefused()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, says);
        if (kind != "no start"_L1)
            fill(kind == "big start"_L1 ? QByteArray(300 * 1024, 'x') : html);
        if (kind.startsWith("path:"_L1) || kind == "type"_L1) {
            QJsonObject entry = BundleMaker::entryOf(script);
            entry.insert(u"path"_s, kind == "type"_L1 ? u"web/app-2.js"_s : kind.sliced(5));
            entry.insert(u"type"_s, kind == "type"_L1 ? u"text/html\r\nSet-Cookie: a"_s : u"text/plain"_s);
            m_bundle->files.append(entry);
        }
        const QString file = m_bundle->folder + "/web/app-1.js"_L1;
        if (kind == "missing"_L1)
            QVERIFY(QFile::remove(file));
        if (kind == "cut"_L1)
            QVERIFY(QFile::resize(file, 3));
        if (kind == "grown"_L1)
            m_bundle->write(u"web/app-1.js"_s, script + ' ');
        if (kind == "changed"_L1)
            m_bundle->write(u"web/app-1.js"_s, QByteArray(script).replace('m', 'n'));
        if (kind == "changed packed"_L1)
            m_bundle->write(u"web/app-1.js.br"_s, "br:" + QByteArray(script).replace('m', 'n'));
        if (kind == "no hash"_L1)
            m_bundle->files.append(QJsonObject{{u"path"_s, u"web/app-1.js"_s}, {u"type"_s, u"text/plain"_s}, {u"size"_s, script.size()}});
        if (kind == "twice"_L1)
            m_bundle->files.append(m_bundle->files.last());
        if (kind == "no policy"_L1)
            m_bundle->manifest.remove(u"headers"_s);
        if (kind == "header"_L1)
            m_bundle->manifest.insert(u"headers"_s, QJsonObject{{u"Set-Cookie"_s, u"a=b"_s}});
        if (kind == "split"_L1)
            m_bundle->manifest.insert(u"headers"_s, QJsonObject{{u"Content-Security-Policy"_s, u"a\r\nSet-Cookie: a=b"_s}});
        m_bundle->finish(kind == "id"_L1 ? u"../../../../../.."_s : QString());
        if (kind == "text"_L1)
            m_bundle->write(u"bundle.json"_s, "no JSON");
        QFile manifest(m_bundle->folder + "/bundle.json"_L1);
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        const auto loaded = web::Bundle::load(m_bundle->folder, manifest.readAll());
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().message.contains(says), qPrintable(loaded.error().message));
        QVERIFY2(!loaded.error().message.contains('\n'_L1), qPrintable(loaded.error().message));
    }

    void nothingOfADamagedBundleIsServed()
    {
        fill();
        m_bundle->finish();
        m_bundle->write(u"web/app-1.js"_s, QByteArray(script).replace('m', 'n'));
        expectDamage(u"web/app-1.js"_s);
        startServer();
        QVERIFY(becomes(503, "damaged"));
        const RawAnswer page = ask("/");
        QCOMPARE(page.status, 503);
        QVERIFY(page.body.contains("is damaged"));
        QVERIFY(!page.body.contains("app-1.js")); // the log alone says more
        QCOMPARE(QJsonDocument::fromJson(ask("/bundle.json").body)["state"_L1], "failed"_L1);
        QCOMPARE(ask("/web/app-1.wasm").status, 404);
    }

    void aDamagedBundleThatIsMendedIsServed()
    {
        fill();
        m_bundle->finish();
        QVERIFY(QFile::remove(m_bundle->folder + "/web/app-1.js"_L1));
        expectDamage(u"web/app-1.js"_s);
        startServer();
        QVERIFY(becomes(503, "damaged"));
        m_bundle->write(u"web/app-1.js"_s, script);
        QVERIFY(becomes(200, "id"));
        QCOMPARE(ask("/web/app-1.js").body, script);
    }

    void aFileThatChangesAfterItsCheckIsNotServed()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        QTest::qWait(5); // a file's time counts milliseconds
        m_bundle->write(u"web/app-1.js"_s, QByteArray(script).replace('m', 'n'));
        expectDamage(u"web/app-1.js"_s);
        QCOMPARE(ask("/web/app-1.js").status, 404);
        QVERIFY(becomes(503, "damaged"));
        QCOMPARE(ask("/web/app-1.wasm").status, 200); // pages that load already go on
    }

    void whatWasTouchedAloneIsServedAgain()
    {
        fill();
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "id"));
        QTest::qWait(5);
        m_bundle->write(u"web/app-1.js"_s, script);
        QCOMPARE(ask("/web/app-1.js").status, 404);
        QVERIFY(becomes(200, "id"));
        QCOMPARE(ask("/web/app-1.js").body, script);
    }

    // --- replaced, and read slowly ---------------------------------------------------------------------------------

    void anotherBundleTakesItsPlace()
    {
        const QByteArray first = bigContents('a');
        fill();
        m_bundle->add(u"web/big-1.wasm"_s, u"application/wasm"_s, first, false);
        m_bundle->finish();
        startServer();
        QVERIFY(becomes(200, "00112233445566aa"));
        const QByteArray tag = ask("/").headers["etag"];
        RawHttp inTheMiddle(m_server->server->url());
        inTheMiddle.socket.setReadBufferSize(10'000);
        inTheMiddle.send("GET", "/web/big-1.wasm");
        QCOMPARE(inTheMiddle.head().status, 200);

        BundleMaker second{.folder = m_bundle->folder};
        second.add(u"index.html"_s, u"text/html; charset=utf-8"_s, html + "2");
        second.add(u"web/app-2.js"_s, u"text/javascript"_s, script + "2");
        // The old start page is served until the manifest is there, whatever lies on the disk.
        QCOMPARE(ask("/").body, html);
        second.finish(u"ffffffffffffffff"_s);
        QVERIFY(becomes(200, "ffffffffffffffff"));
        QCOMPARE(ask("/", {{"If-None-Match", tag}}).body, html + "2");
        QCOMPARE(ask("/web/app-2.js").body, script + "2");
        // Who began with the old one goes on with it while its files are there.
        QCOMPARE(ask("/web/app-1.js").body, script);
        QVERIFY(QFile::remove(m_bundle->folder + "/web/app-1.js"_L1));
        QVERIFY(QFile::remove(m_bundle->folder + "/web/big-1.wasm"_L1));
        QCOMPARE(ask("/web/app-1.js").status, 404);
        QCOMPARE(ask("/bundle.json").status, 200);
        inTheMiddle.socket.setReadBufferSize(0);
        QVERIFY(inTheMiddle.body(bigBytes) == first);
    }

    void slowReadersCostNothing_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }

    void slowReadersCostNothing()
    {
        QFETCH(const bool, tls);
        constexpr int count = 10;
        const QByteArray big = bigContents('b');
        fill();
        m_bundle->add(u"web/big-1.wasm"_s, u"application/wasm"_s, big, false);
        m_bundle->finish();
        startServer(tls ? selfSigned(m_folder.path()) : Settings());
        QCOMPARE(m_server->server->url().startsWith("https"_L1), tls);
        QVERIFY(becomes(200, "id"));
        QVERIFY(ask("/web/big-1.wasm").body == big);

        const qint64 before = memoryBytes();
        std::vector<std::unique_ptr<RawHttp>> readers;
        for (int i = 0; i < count; ++i) {
            readers.push_back(std::make_unique<RawHttp>(m_server->server->url()));
            readers.back()->socket.setReadBufferSize(10'000);
            readers.back()->send("GET", "/web/big-1.wasm");
            QCOMPARE(readers.back()->head().status, 200);
        }
        // Others are served meanwhile, and nothing piles up.
        for (int i = 0; i < 20; ++i)
            QCOMPARE(ask("/").status, 200);
        const qint64 grown = memoryBytes() - before;
        QVERIFY2(!memoryTells || grown < count * bigBytes / 4, qPrintable(QString::number(grown)));
        // One goes away in the middle; another one reads on, and its connection serves the next request.
        readers.pop_back();
        RawHttp &reader = *readers.front();
        reader.socket.setReadBufferSize(0);
        QVERIFY(reader.body(bigBytes) == big);
        QCOMPARE(reader.ask("GET", "/").body, html);
        // The server stops in the middle of the others.
        m_server.reset();
    }

    // --- over TLS --------------------------------------------------------------------------------------------------

    void overTlsBrowsersAreToldToComeNoOtherWay()
    {
        fill();
        m_bundle->finish();
        startServer(selfSigned(m_folder.path()));
        QVERIFY(becomes(200, "id"));
        for (const QByteArray &path :
             {QByteArray("/"), QByteArray("/web/app-1.js"), QByteArray("/none"), QByteArray("/api/v2/none"), QByteArray("/healthz")})
            QVERIFY(ask(path).headers["strict-transport-security"].startsWith("max-age="));
        (void)m_server->signedIn(u"cookie"_s, u"viewer"_s);
        const auto signedIn = m_server->http(
            "POST", u"/api/v2/session"_s, QJsonDocument(QJsonObject{{"user"_L1, u"cookie"_s}, {"password"_L1, testPassword}}).toJson(), {});
        QVERIFY(signedIn.cookie.contains("; Secure") && signedIn.cookie.contains("HttpOnly")
                && signedIn.cookie.contains("SameSite=Strict"));
    }

private:
    /// What this process has in memory, the server's part included.
    static qint64 memoryBytes()
    {
        QFile file(u"/proc/self/statm"_s);
        (void)file.open(QIODevice::ReadOnly);
        constexpr qint64 pageBytes = 4096;
        return file.readAll().split(' ').value(1).toLongLong() * pageBytes;
    }
};

MUSTER_TEST(WebTest)
#include "tst_web.moc"
