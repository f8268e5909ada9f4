// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

void collect(QQuickItem *item, QList<QQuickItem *> &found)
{
    if (!item->isVisible())
        return;
    found << item;
    const QList<QQuickItem *> children = item->childItems();
    for (QQuickItem *child : children)
        collect(child, found);
}

} // namespace

void DashboardTest::open(MockBackend::Mode mode, QSize size, const QString &role)
{
    m_backend = std::make_unique<MockBackend>(mode, false);
    m_backend->setRole(role);
    m_engine = std::make_unique<QQmlApplicationEngine>();
    if (QObject *theme = m_engine->singletonInstance<QObject *>("Muster.Controls", "Theme"))
        theme->setProperty("still", true);
    m_engine->setInitialProperties({{u"backend"_s, QVariant::fromValue<Backend *>(m_backend.get())},
                                    {u"saver"_s, QVariant::fromValue<TextSaver *>(&m_kept)},
                                    {u"width"_s, size.width()},
                                    {u"height"_s, size.height()}});
    m_engine->loadFromModule("Muster.Shell", "Main");
    QVERIFY(!m_engine->rootObjects().isEmpty());
    m_window = qobject_cast<QQuickWindow *>(m_engine->rootObjects().constFirst());
    QVERIFY(m_window);
    QVERIFY(QTest::qWaitForWindowExposed(m_window));
    m_window->requestActivate();
    m_backend->start();
}

void DashboardTest::type(const QString &text)
{
    for (const QChar c : text)
        QTest::keyClick(m_window, c.toLatin1());
}

QList<QQuickItem *> DashboardTest::items() const
{
    QList<QQuickItem *> found;
    collect(m_window->contentItem(), found);
    return found;
}

bool DashboardTest::shows(const QString &text) const
{
    return std::ranges::any_of(
        items(), [&text](QQuickItem *item) { return item->inherits("QQuickText") && item->property("text").toString().contains(text); });
}

QQuickItem *DashboardTest::labelled(const QString &text) const
{
    const QList<QQuickItem *> all = items();
    const auto at = std::ranges::find_if(all, [&text](QQuickItem *item) {
        return item->inherits("QQuickText") && item->isVisible() && item->property("text").toString() == text;
    });
    return at == all.cend() ? nullptr : *at;
}

bool DashboardTest::showsJust(const QString &text) const
{
    return std::ranges::any_of(
        items(), [&text](QQuickItem *item) { return item->inherits("QQuickText") && item->property("text").toString() == text; });
}

QQuickItem *DashboardTest::itemWith(const char *one, const char *other) const
{
    const QList<QQuickItem *> all = items();
    const auto it = std::ranges::find_if(
        all, [one, other](QQuickItem *item) { return item->property(one).isValid() && item->property(other).isValid(); });
    return it == all.cend() ? nullptr : *it;
}

QQuickItem *DashboardTest::row(const QString &id) const
{
    const QList<QQuickItem *> all = items();
    const auto it = std::ranges::find_if(
        all, [&id](QQuickItem *item) { return item->property("deviceId") == id && item->property("chosen").isValid(); });
    return it == all.cend() ? nullptr : *it;
}

void DashboardTest::clickRow(const QString &id, Qt::KeyboardModifiers modifiers)
{
    QQuickItem *item = row(id);
    QVERIFY(item);
    m_window->grabWindow();
    QTest::mouseClick(m_window, Qt::LeftButton, modifiers, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
}

QAccessible::State DashboardTest::accessible(const QString &id) const
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(row(id));
    return interface ? interface->state() : QAccessible::State();
}

QQuickItem *DashboardTest::button(const QString &text) const
{
    const QList<QQuickItem *> all = items();
    const auto it = std::ranges::find_if(
        all, [&text](QQuickItem *item) { return item->inherits("QQuickAbstractButton") && item->property("text").toString() == text; });
    return it == all.cend() ? nullptr : *it;
}

void DashboardTest::click(QQuickItem *item)
{
    QVERIFY(item);
    m_window->grabWindow(); // laid out as it is seen: who clicks has seen it
    QTest::mouseClick(m_window, Qt::LeftButton, {}, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
}

void DashboardTest::tabTo(const QString &text)
{
    for (int i = 0; i < 60; ++i) {
        QQuickItem *item = m_window->activeFocusItem();
        if (item && item->inherits("QQuickAbstractButton") && item->property("text").toString() == text)
            return;
        press(Qt::Key_Tab);
    }
    QFAIL(qPrintable(u"Tab never came to \"%1\""_s.arg(text)));
}

void DashboardTest::cleanup()
{
    m_engine.reset();
    m_backend.reset();
}

} // namespace muster::test
