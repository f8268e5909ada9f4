// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/everything.h"
#include "mock/mockbackend.h"
#include "qml/Muster/Frame/textsaver.h"
#include "qml/Muster/Methods/callsmodel.h"
#include "tests/support/testcase.h"

#include <QAccessible>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include <algorithm>
#include <memory>

namespace muster::test {

/// Hears what a screen reader is told.
class Told
{
public:
    Told()
    {
        heard = &said;
        QAccessible::setActive(true);
        QAccessible::installUpdateHandler([](QAccessibleEvent *event) {
            if (event->type() == QAccessible::Announcement)
                heard->append(static_cast<QAccessibleAnnouncementEvent *>(event)->message());
        });
    }
    ~Told()
    {
        QAccessible::installUpdateHandler(nullptr);
        QAccessible::setActive(false);
    }
    QStringList said;

private:
    static inline QStringList *heard = nullptr;
};

/// Keeps what was saved.
class Kept : public TextSaver
{
public:
    QString name;
    QString text;
    void save(const QString &asName, const QString &asText) override
    {
        name = asName;
        text = asText;
        emit saved(asName);
    }
};

/// The dashboard as somebody uses it who has no mouse, and some with one: a window on an invented fleet, and hands for it.
class DashboardTest : public TestCase
{
    Q_OBJECT

protected:
    std::unique_ptr<MockBackend> m_backend;
    Kept m_kept;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow *m_window = nullptr;
    void open(MockBackend::Mode mode = MockBackend::Mode::Default, QSize size = {1440, 900}, const QString &role = QStringLiteral("admin"));
    [[nodiscard]] QString route() const { return m_window->property("route").toString(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window, key, modifiers); }
    void type(const QString &text);
    [[nodiscard]] QList<QQuickItem *> items() const;
    [[nodiscard]] bool shows(const QString &text) const;
    /// A text that stands there now; null: it does not, or is hidden.
    [[nodiscard]] QQuickItem *labelled(const QString &text) const;
    [[nodiscard]] bool showsJust(const QString &text) const;
    /// What has properties of these names.
    [[nodiscard]] QQuickItem *itemWith(const char *one, const char *other) const;
    /// The row of a device in the table.
    [[nodiscard]] QQuickItem *row(const QString &id) const;
    void clickRow(const QString &id, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] QAccessible::State accessible(const QString &id) const;
    [[nodiscard]] QQuickItem *button(const QString &text) const;
    void click(QQuickItem *item);
    /// Goes on with Tab until the keyboard is on what has this text.
    void tabTo(const QString &text);
    template <typename T>
    [[nodiscard]] T *model() const
    {
        // The palette finds devices as well, while it is open.
        const QList<T *> all = everything<T>(m_window);
        const auto at = std::ranges::find_if(all, [](const T *one) {
            const QVariant active = one->property("active");
            return !active.isValid() || active.toBool();
        });
        return at == all.cend() ? nullptr : *at;
    }
    [[nodiscard]] CallsModel *calls() const { return m_engine->singletonInstance<CallsModel *>("Muster.Methods", "Calls"); }

protected slots:
    void cleanup();
};

} // namespace muster::test
