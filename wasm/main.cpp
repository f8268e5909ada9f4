// SPDX-License-Identifier: GPL-3.0-or-later
// The dashboard in a browser: the same screens as the desktop's, in the page that the server hands out.
#include "client/link/knownservers.h"
#include "client/link/livebackend.h"
#include "client/link/profile.h"
#include "musterplugins.h"
#include "qml/Muster/Client/language.h"
#include "qml/Muster/Shell/route.h"
#include "wasm/page.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

/// What the program is made of. It is never taken down: a page ends without asking.
struct Program
{
    Program(int &argc, char **argv)
        : application(argc, argv)
    {
    }

    QGuiApplication application;
    Page page;
    LiveBackend backend;
    KnownServers known{backend.link()};
    QQmlApplicationEngine engine;
};

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication::setApplicationName(u"muster"_s);
    QGuiApplication::setApplicationDisplayName(u"Muster"_s);
    QGuiApplication::setApplicationVersion(QLatin1StringView(MUSTER_VERSION));
    auto *program = new Program(argc, argv);

    const QString address = Page::takeAddress();
    const QUrl server = Page::server();
    const QString link = server.toString() + "/#"_L1 + address;
    const Result<Address> asked = parseAddress(link);
    const Address::Kind kind = asked ? asked->kind : Address::Kind::Plain;

    qml::Language::speakEnglish();
    program->page.remember(&program->engine);
    QVariantMap properties{{u"backend"_s, QVariant::fromValue<Backend *>(&program->backend)},
                           {u"saver"_s, QVariant::fromValue<TextSaver *>(&program->page)},
                           {u"link"_s, kind == Address::Kind::Setup ? link : QString()},
                           // The page is the window: it has no frame, and is as small as the screen.
                           {u"visibility"_s, QWindow::FullScreen},
                           {u"minimumWidth"_s, 0},
                           {u"minimumHeight"_s, 0}};
    if (kind == Address::Kind::Plain)
        properties.insert({{u"route"_s, routeOf(address).value_or(u"nowhere"_s)}, {u"firstQuery"_s, queryOf(address)}});
    program->engine.setInitialProperties(properties);
    program->engine.loadFromModule("Muster.Shell", "Main");
    const QList<QObject *> roots = program->engine.rootObjects();
    auto *window = roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(roots.constFirst());
    if (!window)
        qFatal("The dashboard's screens could not be loaded");
    program->page.follow(window, &program->backend);

    QObject::connect(&program->known, &KnownServers::told, &program->page, &Page::keepServers);
    program->backend.open(server);
    if (kind == Address::Kind::SignIn)
        program->backend.account()->redeem(asked->token);
    return QGuiApplication::exec();
}
