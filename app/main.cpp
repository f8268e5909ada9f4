// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/downloads.h"
#include "app/options.h"
#include "app/rememberedservers.h"
#include "app/screenshot.h"
#include "client/link/livebackend.h"
#include "client/link/profile.h"
#include "client/link/trust.h"
#include "mock/mockbackend.h"
#include "musterplugins.h"
#include "qml/Muster/Client/language.h"
#include "qml/Muster/Shell/choices.h"
#ifdef MUSTER_EMBEDDED_SERVER
#include "app/embeddedserver.h"
#endif

#include <QFile>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <optional>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

// As sysexits and musterctl have it: 1 it did not work, 2 it was asked wrongly.
constexpr int failedCode = 1;
constexpr int usageCode = 2;

int say(const QString &text, int code)
{
    std::fprintf(code == 0 ? stdout : stderr, "%s\n", qPrintable(text));
    return code;
}

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
           || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// What the window keeps for its next start.
QString windowFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/window.ini"_L1;
}

/// A live backend for what the command line and the environment say. `link` is what the sign-in page should offer.
struct Live
{
    std::unique_ptr<LiveBackend> backend;
    QUrl server;
    QString link;
};

Result<Live> connectLive(const Options &options)
{
    const Result<Profile> profile = loadProfile();
    if (!profile)
        return std::unexpected(profile.error());
    if (const QString ca = options.caCertificate.isEmpty() ? profile->caCertificate : options.caCertificate; !ca.isEmpty()) {
        if (const Result<void> trusted = trustCertificates(ca); !trusted)
            return std::unexpected(trusted.error());
    }
    Live live{std::make_unique<LiveBackend>(), {}, {}};
    if (options.connectTo.isEmpty()) {
        live.server = profile->servers.value(0);
        live.backend->open(profile->servers, profile->apiKey);
        return live;
    }
    const Result<Address> address = parseAddress(options.connectTo);
    if (!address)
        return std::unexpected(address.error());
    // A key is for the server that it was made for, and for no other that is named.
    live.server = address->servers.first();
    const bool sameServer = profile->isKeyFor(address->servers);
    live.backend->open(address->servers, sameServer && address->kind == Address::Kind::Plain ? profile->apiKey : QString());
    if (address->kind == Address::Kind::SignIn)
        live.backend->account()->redeem(address->token);
    if (address->kind == Address::Kind::Setup)
        live.link = options.connectTo;
    return live;
}

int takeScreenshot(Backend *backend, const Options &options)
{
    Screenshot screenshot(backend, options);
    QObject::connect(&screenshot, &Screenshot::taken, qApp, [&options](const QImage &picture) {
        if (picture.save(options.screenshotFile, "PNG"))
            QCoreApplication::quit();
        else
            QCoreApplication::exit(say(u"muster: %1 cannot be written"_s.arg(options.screenshotFile), failedCode));
    });
    QObject::connect(&screenshot, &Screenshot::failed, qApp,
                     [](const QString &why) { QCoreApplication::exit(say(u"muster: "_s + why, failedCode)); });
    QTimer::singleShot(0, &screenshot, &Screenshot::start);
    return QGuiApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const Result<Options> parsed = parseOptions(arguments);
    if (!parsed)
        return say(u"muster: "_s + parsed.error().message, usageCode);
    const Options &options = *parsed;
    if (options.help)
        return say(usage(), 0);
    if (options.version)
        return say(u"muster "_s + QLatin1StringView(MUSTER_VERSION), 0);

    const bool picture = !options.screenshotFile.isEmpty();
    if (picture) {
        // A picture must look the same everywhere, and needs neither display nor graphics card.
        for (const auto &[name, value] : {std::pair("QT_QPA_PLATFORM", "offscreen"), std::pair("QT_QUICK_BACKEND", "software")}) {
            if (qEnvironmentVariableIsEmpty(name))
                qputenv(name, value);
        }
    } else if (!hasDisplay()) {
        return say(u"muster: there is no display here. Use muster --screenshot FILE PAGE, or musterctl."_s, failedCode);
    }

    QGuiApplication::setApplicationName(u"muster"_s);
    QGuiApplication::setApplicationDisplayName(u"Muster"_s);
    QGuiApplication::setApplicationVersion(QLatin1StringView(MUSTER_VERSION));
    QGuiApplication::setDesktopFileName(u"muster"_s);
    QGuiApplication application(argc, argv);
    qml::Language::speakEnglish();

    std::unique_ptr<Backend> backend;
    std::optional<RememberedServers> servers;
    QString link;
#ifdef MUSTER_EMBEDDED_SERVER
    EmbeddedServer embedded;
#endif
    if (options.mock
        || (picture && options.connectTo.isEmpty() && qEnvironmentVariableIsEmpty("MUSTER_PROFILE")
            && qEnvironmentVariableIsEmpty("MUSTER_SERVER"))) {
        if (!options.mock)
            return say(u"muster: name a server for the picture (--connect, MUSTER_PROFILE), or --mock"_s, usageCode);
        MockBackend::Mode mode = *options.mock;
        if (picture && options.screenshotPage == "sign-in"_L1)
            mode = MockBackend::Mode::SignedOut;
        if (picture && options.screenshotPage == "setup"_L1)
            mode = MockBackend::Mode::Setup;
        auto mock = std::make_unique<MockBackend>(mode, !picture);
        QTimer::singleShot(0, mock.get(), &MockBackend::start);
        if (mode == MockBackend::Mode::Offline && !picture)
            QTimer::singleShot(std::chrono::seconds(2), mock.get(), &MockBackend::breakConnection);
        backend = std::move(mock);
    } else {
#ifdef MUSTER_EMBEDDED_SERVER
        if (options.connectTo.isEmpty() && qEnvironmentVariableIsEmpty("MUSTER_PROFILE") && qEnvironmentVariableIsEmpty("MUSTER_SERVER")) {
            const Result<EmbeddedServer::Access> access = embedded.start();
            if (!access)
                return say(u"muster: "_s + access.error().message, failedCode);
            auto live = std::make_unique<LiveBackend>();
            live->open(access->url, {});
            live->account()->redeem(access->token);
            backend = std::move(live);
        }
#else
        if (options.connectTo.isEmpty() && qEnvironmentVariableIsEmpty("MUSTER_PROFILE") && qEnvironmentVariableIsEmpty("MUSTER_SERVER"))
            return say(u"muster: this build has no server inside: use --connect URL, or --mock"_s, usageCode);
#endif
        if (!backend) {
            Result<Live> live = connectLive(options);
            if (!live)
                return say(u"muster: "_s + live.error().message, usageCode);
            if (!picture)
                servers.emplace(live->backend->link(), live->server, windowFile());
            backend = std::move(live->backend);
            link = live->link;
        }
    }

    if (picture)
        return takeScreenshot(backend.get(), options);

    Downloads downloads;
    QQmlApplicationEngine engine;
    QObject::connect(
        &engine, &QQmlApplicationEngine::objectCreationFailed, &application, [] { QCoreApplication::exit(failedCode); },
        Qt::QueuedConnection);
    QSettings remembered(windowFile(), QSettings::IniFormat);
    Choices choices(&engine);
    for (const QString &name : Choices::names())
        choices.set(name, remembered.value(name));
    if (options.theme)
        choices.set(u"theme"_s, int(*options.theme));
    if (options.textScale > 0)
        choices.set(u"textSize"_s, options.textScale);
    if (!options.language.isEmpty() || choices.value(u"language"_s).toString().isEmpty())
        choices.set(u"language"_s, options.language);
    QObject::connect(&choices, &Choices::changed, &application,
                     [&remembered](const QString &name, const QVariant &value) { remembered.setValue(name, value); });
    QVariantMap properties{
        {u"backend"_s, QVariant::fromValue(backend.get())}, {u"link"_s, link}, {u"saver"_s, QVariant::fromValue<TextSaver *>(&downloads)}};
    if (options.size.isValid()) {
        properties[u"width"_s] = options.size.width();
        properties[u"height"_s] = options.size.height();
    }
    engine.setInitialProperties(properties);
    engine.loadFromModule("Muster.Shell", "Main");
    if (!engine.rootObjects().isEmpty())
        choices.follow(engine.rootObjects().constFirst());
    return QGuiApplication::exec();
}
