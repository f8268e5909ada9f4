// SPDX-License-Identifier: GPL-3.0-or-later
#include "wasm/mirror.h"

#include <QAccessible>
#include <QJsonArray>
#include <QWindow>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr QChar bullet = u'\u2022';

bool isField(QAccessibleInterface *item)
{
    // What only looks like a field, and opens one, is a button.
    return item->role() == QAccessible::EditableText && item->object() && item->object()->property("cursorPosition").isValid();
}

/// As ARIA calls it; empty: nothing by itself.
QLatin1StringView roleOf(QAccessibleInterface *item, const QAccessible::State &state)
{
    switch (item->role()) {
    case QAccessible::EditableText:
        return !isField(item) ? "button"_L1 : state.passwordEdit ? "password"_L1 : state.multiLine ? "textarea"_L1 : "textbox"_L1;
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::ComboBox:
    case QAccessible::ColumnHeader: // of a table that it stands beside: a press sorts
        return "button"_L1;
    case QAccessible::CheckBox: return "checkbox"_L1;
    case QAccessible::RadioButton: return "radio"_L1;
    case QAccessible::Link: return "link"_L1;
    case QAccessible::PageTab: return "tab"_L1;
    case QAccessible::PageTabList: return "tablist"_L1;
    case QAccessible::PopupMenu: return "menu"_L1;
    case QAccessible::MenuItem: return state.checkable ? "menuitemcheckbox"_L1 : "menuitem"_L1;
    case QAccessible::List: return "list"_L1;
    case QAccessible::ListItem: return "listitem"_L1;
    case QAccessible::Table: return "table"_L1;
    case QAccessible::Row: return "row"_L1;
    case QAccessible::Heading: return "heading"_L1;
    case QAccessible::Dialog: return "dialog"_L1;
    case QAccessible::ProgressBar: return "progressbar"_L1;
    case QAccessible::Graphic:
    case QAccessible::Chart: return "img"_L1;
    case QAccessible::AlertMessage: return "note"_L1; // that it came is announced
    case QAccessible::Grouping: return "group"_L1;
    case QAccessible::StaticText:
    case QAccessible::Indicator: return "text"_L1;
    default: return {};
    }
}

bool isHolder(QLatin1StringView role)
{
    return role.isEmpty() || role == "list"_L1 || role == "listitem"_L1 || role == "table"_L1 || role == "row"_L1 || role == "group"_L1
           || role == "dialog"_L1 || role == "tablist"_L1 || role == "menu"_L1 || role == "note"_L1;
}

bool isMenuItem(const QJsonValue &node)
{
    return node["role"_L1].toString().startsWith("menuitem"_L1);
}

QString popupOf(QAccessibleInterface *item)
{
    const QAccessible::Role role = item->role();
    if (role == QAccessible::ComboBox || role == QAccessible::ButtonMenu || role == QAccessible::ButtonDropDown)
        return u"menu"_s;
    return role == QAccessible::EditableText && !isField(item) ? u"dialog"_s : QString();
}

QString nameOf(QAccessibleInterface *item, const QAccessible::State &state)
{
    // Qt keeps name and description of a field that holds a password to itself: what Muster.Controls/TextField is called by.
    if (state.passwordEdit && item->object()) {
        const QString label = item->object()->property("label").toString();
        return label.isEmpty() ? item->object()->property("hint").toString() : label;
    }
    return item->text(QAccessible::Name);
}

QString valueOf(QAccessibleInterface *item, const QAccessible::State &state)
{
    if (state.passwordEdit)
        return {item->object() ? item->object()->property("length").toInt() : 0, bullet};
    if (const auto *value = item->valueInterface())
        return value->currentValue().toString();
    return item->text(QAccessible::Value);
}

/// Members that do not hold are left out.
void addStates(QJsonObject *node, QLatin1StringView role, const QAccessible::State &state)
{
    const std::pair<QLatin1StringView, bool> marks[] = {
        {"selected"_L1, state.selected || (role == "tab"_L1 && state.checked)},
        {"disabled"_L1, state.disabled},
        {"busy"_L1, state.busy},
        {"readOnly"_L1, state.readOnly},
    };
    for (const auto &[key, holds] : marks) {
        if (holds)
            node->insert(key, true);
    }
    // These may hold or not.
    if (state.checkable || role == "checkbox"_L1 || role == "radio"_L1)
        node->insert("checked"_L1, bool(state.checked));
    if (state.expandable)
        node->insert("expanded"_L1, bool(state.expanded));
}

class Walk
{
public:
    explicit Walk(QWindow *window)
        : m_window(window)
    {
    }

    void addInside(QJsonArray *nodes, QAccessibleInterface *item)
    {
        for (int i = 0; i < item->childCount(); ++i)
            add(nodes, item->child(i));
    }

    [[nodiscard]] QAccessible::Id focus() const { return m_focus; }

private:
    void add(QJsonArray *siblings, QAccessibleInterface *item)
    {
        if (!item || !item->isValid())
            return;
        const QAccessible::State state = item->state();
        if (state.invisible)
            return;
        QLatin1StringView role = roleOf(item, state);
        QJsonArray inside;
        if (isHolder(role))
            addInside(&inside, item);
        const QString description = item->text(QAccessible::Description);
        const QString name = nameOf(item, state);
        // Every popup of Qt's is a dialog; those without a name are menus, or hold what has one.
        if (role == "dialog"_L1 && name.isEmpty())
            role = !inside.isEmpty() && std::ranges::all_of(std::as_const(inside), isMenuItem) ? "menu"_L1 : ""_L1;
        if (role.isEmpty() && !name.isEmpty())
            role = inside.isEmpty() ? "text"_L1 : "group"_L1;
        if (role.isEmpty() || (name.isEmpty() && inside.isEmpty() && !isField(item))) {
            for (const auto &node : std::as_const(inside))
                siblings->append(node);
            return;
        }

        const auto id = QAccessible::uniqueId(item);
        if (state.focused && m_focus == 0)
            m_focus = id; // what is inside came first
        const QRect place = item->rect();
        const QPoint corner = m_window->mapFromGlobal(place.topLeft());
        QJsonObject node{
            {"id"_L1, qint64(id)}, {"role"_L1, role}, {"rect"_L1, QJsonArray{corner.x(), corner.y(), place.width(), place.height()}}};
        const std::pair<QLatin1StringView, QString> texts[] = {
            {"name"_L1, name},
            {"description"_L1, description == name ? QString() : description},
            {"value"_L1, valueOf(item, state)},
            {"popup"_L1, popupOf(item)},
        };
        for (const auto &[key, text] : texts) {
            if (!text.isEmpty())
                node.insert(key, text);
        }
        addStates(&node, role, state);
        if (isPressable(item))
            node.insert("pressable"_L1, true);
        if (!inside.isEmpty())
            node.insert("inside"_L1, inside);
        siblings->append(node);
    }

    QWindow *m_window;
    QAccessible::Id m_focus = 0;
};

} // namespace

bool isPressable(QAccessibleInterface *item)
{
    // Qt's buttons take a press by this method, whatever their role; a field for text is one of its own.
    if (item->object() && item->object()->metaObject()->indexOfMethod("accessiblePressAction()") >= 0)
        return true;
    if (item->role() == QAccessible::ComboBox)
        return true;
    auto *actions = item->actionInterface();
    return actions && actions->actionNames().contains(QAccessibleActionInterface::pressAction());
}

QJsonObject mirrored(QWindow *window)
{
    Walk walk(window);
    QJsonArray nodes;
    // The window itself says no more than the page's title.
    if (QAccessibleInterface *root = window->accessibleRoot())
        walk.addInside(&nodes, root);
    return {{"focus"_L1, qint64(walk.focus())}, {"nodes"_L1, nodes}};
}

} // namespace muster
