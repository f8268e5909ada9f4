// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logtext.h"

#include "qml/Muster/Logs/logcolours.h"

#include <QQuickWindow>
#include <QSGTextNode>
#include <QTextOption>

#include <algorithm>
#include <cmath>
#include <memory>

namespace muster {

namespace {

// Wider than any line that is shown.
constexpr qreal unbroken = 1'000'000;

} // namespace

LogText::LogText(QQuickItem *parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

void LogText::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    emit textChanged();
    layOut();
}

void LogText::setSpans(const QVariant &spans)
{
    const auto list = spans.value<QList<AnsiSpan>>();
    if (m_spans == list)
        return;
    m_spans = list;
    emit spansChanged();
    polish();
}

void LogText::setFont(const QFont &font)
{
    if (m_font == font)
        return;
    m_font = font;
    emit fontChanged();
    layOut();
}

void LogText::setColor(const QColor &color)
{
    if (m_color == color)
        return;
    m_color = color;
    emit coloursChanged();
    polish();
}

void LogText::setGround(const QColor &ground)
{
    if (m_ground == ground)
        return;
    m_ground = ground;
    emit coloursChanged();
    polish();
}

void LogText::setColours(const QList<QColor> &colours)
{
    if (m_palette == colours)
        return;
    m_palette = colours;
    emit coloursChanged();
    polish();
}

void LogText::setWrap(bool wrap)
{
    if (m_wrap == wrap)
        return;
    m_wrap = wrap;
    emit wrapChanged();
    layOut();
}

void LogText::componentComplete()
{
    QQuickItem::componentComplete();
    layOut();
}

void LogText::geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry)
{
    QQuickItem::geometryChange(newGeometry, oldGeometry);
    if (m_wrap && newGeometry.width() != oldGeometry.width())
        layOut();
}

void LogText::updatePolish()
{
    // Formats go into a layout with its lines.
    if (m_layout.formats() != formats())
        layOut();
    update();
}

void LogText::layOut()
{
    if (!isComponentComplete())
        return;
    m_layout.setFormats(formats());
    m_layout.setText(m_text);
    m_layout.setFont(m_font);
    m_layout.setCacheEnabled(true);
    QTextOption option;
    // A log is written from the left, whatever stands in it.
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(m_wrap ? QTextOption::WrapAnywhere : QTextOption::NoWrap);
    m_layout.setTextOption(option);
    m_layout.beginLayout();
    qreal y = 0;
    qreal widest = 0;
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(m_wrap ? std::max(1.0, width()) : unbroken);
        line.setPosition({0, y});
        y += line.height();
        widest = std::max(widest, line.naturalTextWidth());
    }
    m_layout.endLayout();
    setImplicitSize(std::ceil(widest), std::ceil(y));
    update();
}

QList<QTextLayout::FormatRange> LogText::formats() const
{
    QList<QTextLayout::FormatRange> formats;
    const LogColours colours(m_palette, m_color, m_ground);
    for (const AnsiSpan &span : m_spans) {
        const qsizetype length = std::min(span.length, m_text.size() - span.start);
        if (length <= 0)
            break;
        const LogColours::Drawn drawn = colours.drawn(span.style);
        QTextLayout::FormatRange range;
        range.start = int(span.start);
        range.length = int(length);
        range.format.setForeground(drawn.ink);
        if (drawn.ground.isValid())
            range.format.setBackground(drawn.ground);
        if (span.style.bold)
            range.format.setFontWeight(QFont::Bold);
        range.format.setFontItalic(span.style.italic);
        range.format.setFontUnderline(span.style.underlined);
        range.format.setFontStrikeOut(span.style.struck);
        formats << range;
    }
    return formats;
}

QSGNode *LogText::updatePaintNode(QSGNode *node, UpdatePaintNodeData *)
{
    if (m_text.isEmpty()) {
        delete node;
        return nullptr;
    }
    auto *text = static_cast<QSGTextNode *>(node);
    if (!text)
        text = window()->createTextNode();
    text->clear();
    text->setRenderType(QSGTextNode::NativeRendering);
    text->setColor(m_color);
    text->addTextLayout({0, 0}, &m_layout);
    return text;
}

} // namespace muster
