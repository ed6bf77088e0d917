-- The house style, for both renderers. What pandoc's writers drop or leave to chance is settled
-- here, once: header cells with a scope, column widths, alt text, and named styles for Word.

local WIDE, NARROW = 42, 7 -- characters: no column asks for more or gets less
local NUMBER = 18 -- characters: a column of numbers, which must not wrap, asks for no more
local LINE = 95 -- characters on a line of a page
local LONG = 26 -- lines of text in a table

local function text(node)
  return pandoc.utils.stringify(node)
end

-- ---------------------------------------------------------------- tables

local function each_cell(tbl, visit)
  for _, row in ipairs(tbl.head.rows) do
    for column, cell in ipairs(row.cells) do visit(column, cell, "head") end
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      for column, cell in ipairs(row.cells) do visit(column, cell, "body") end
    end
  end
end

-- Columns that name the row: those aligned to the left, before the first that is not.
local function naming_columns(tbl)
  local count = 0
  for column, spec in ipairs(tbl.colspecs) do
    if spec[1] ~= "AlignLeft" or column == #tbl.colspecs then break end
    count = column
  end
  return math.max(count, 1)
end

-- "99.9% (1,020 of 1,021)" may break before its bracket, and nowhere else.
local function hold_brackets(inlines)
  local open = false
  for index, inline in ipairs(inlines) do
    if inline.t == "Str" then
      if inline.text:match("^%(") then open = true end
      if inline.text:match("%)") then open = false end
    elseif inline.t == "Space" and open then
      inlines[index] = pandoc.Str("\u{a0}")
    end
  end
  return inlines
end

-- A heading may wrap between words, a number before its bracket: each asks for its longest piece.
local function wish(content, part, is_name)
  local pieces = part == "head" and "%S+" or "[^(]+"
  if is_name then pieces = ".+" end
  local longest = 0
  for piece in content:gmatch(pieces) do longest = math.max(longest, utf8.len(piece) or #piece) end
  return longest
end

local function set_widths(tbl, names)
  local wishes = {}
  each_cell(tbl, function(column, cell, part)
    local wanted = wish(text(cell.contents), part, part == "body" and column <= names)
    local bold = part == "head" and not text(cell.contents):find("%d") -- such letters are wider
    wanted = wanted + 2 + (bold and wanted // 4 or 0)
    wishes[column] = math.max(wishes[column] or NARROW, math.min(WIDE, wanted))
  end)
  -- Numbers keep what they ask for; where a line is too short, the columns of text give way.
  local numbers, words = 0, 0
  for _, width in ipairs(wishes) do
    if width <= NUMBER then numbers = numbers + width else words = words + width end
  end
  local squeeze = words > 0 and math.min(1, math.max(0.3, (LINE - numbers) / words)) or 1
  local specs, total = {}, numbers + words * squeeze
  for column, spec in ipairs(tbl.colspecs) do
    local width = wishes[column] <= NUMBER and wishes[column] or wishes[column] * squeeze
    specs[column] = { spec[1], width / total }
  end
  tbl.colspecs = specs
end

-- Which of them are headings of a row: all where numbers follow, the first in a table of text alone.
-- An empty cell is no heading, and neither is any other of its column.
local function heading_columns(tbl, names)
  if names + 1 >= #tbl.colspecs and tbl.colspecs[#tbl.colspecs][1] == "AlignLeft" then return 1 end
  each_cell(tbl, function(column, cell, part)
    if part == "body" and column > 1 and column <= names and text(cell.contents) == "" then
      names = column - 1
    end
  end)
  return names
end

local function set_headers(tbl, names)
  for _, body in ipairs(tbl.bodies) do body.row_head_columns = names end
  each_cell(tbl, function(column, cell, part)
    if part == "head" then
      cell.attr.attributes.scope = "col"
    elseif column <= names then
      cell.attr.attributes.scope = "row"
    else
      cell.contents = cell.contents:walk({ Inlines = hold_brackets })
    end
  end)
end

-- About how many lines a table takes, at the widths that its columns have been given.
local function lines_of(tbl)
  local lines = 0
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      local tallest = 1
      for column, cell in ipairs(row.cells) do
        local content = text(cell.contents)
        local length = utf8.len(content) or #content
        tallest = math.max(tallest, math.ceil(length / (tbl.colspecs[column][2] * LINE)))
      end
      lines = lines + tallest
    end
  end
  return lines
end

-- A short table stays on one page; a long one may go on to the next, under its header row again.
-- render/pdf.py reads how many columns name a row, which Typst cannot be told.
local function paged(tbl, names)
  local long = lines_of(tbl) > LONG
  if FORMAT == "typst" then
    local naming = "// naming columns: " .. names
    if not long then return { pandoc.RawBlock("typst", naming), tbl } end
    return { pandoc.RawBlock("typst", naming .. "\n#[#show figure: set block(breakable: true)"), tbl,
      pandoc.RawBlock("typst", "]") }
  elseif FORMAT == "docx" and not long then
    each_cell(tbl, function(_, cell)
      local paragraph = pandoc.Para(pandoc.utils.blocks_to_inlines(cell.contents))
      cell.contents = { pandoc.Div({ paragraph }, { ["custom-style"] = "Kept Cell" }) }
    end)
  end
  return tbl
end

-- Only what has a note below it stays with what comes next: were every table and chart to do so,
-- a run of them would leave a page half empty.
local function keep_with_note(blocks)
  if FORMAT ~= "typst" then return nil end
  local kept = pandoc.Blocks({})
  for index, block in ipairs(blocks) do
    local after = blocks[index + 1]
    local noted = after and after.t == "Div" and after.classes:includes("note")
    if noted and (block.t == "Table" or block.t == "Figure") then
      kept:extend({ pandoc.RawBlock("typst", "#[#show figure: set block(sticky: true)"), block,
        pandoc.RawBlock("typst", "]") })
    else
      kept:insert(block)
    end
  end
  return kept
end

-- The policy of the web page allows no style on an element: numbers are set to the right by class.
local function align_by_class(tbl)
  local right = {}
  for index, spec in ipairs(tbl.colspecs) do
    right[index] = spec[1] == "AlignRight"
    tbl.colspecs[index] = { "AlignDefault", nil }
  end
  each_cell(tbl, function(column, cell)
    if right[column] or cell.alignment == "AlignRight" then cell.attr.classes:insert("r") end
    cell.alignment = "AlignDefault"
  end)
end

local function house_table(tbl)
  local names = naming_columns(tbl)
  set_headers(tbl, heading_columns(tbl, names))
  if FORMAT:match("html") then
    align_by_class(tbl)
    return pandoc.Div({ tbl }, pandoc.Attr("", { "scroll" }, {
      { "role", "region" }, { "tabindex", "0" }, { "aria-label", text(tbl.caption.long) } }))
  end
  set_widths(tbl, names)
  return paged(tbl, names)
end

-- ---------------------------------------------------------------- charts

local function alt_of(image)
  local alt = image.attributes["alt"] or image.attributes["fig-alt"]
  return alt or text(image.caption)
end

local function typst_string(value)
  return '"' .. value:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

-- Pandoc's Typst writer has no alt text; its Word writer takes it from the image's own caption.
local function house_image(image)
  local alt = alt_of(image)
  if FORMAT == "typst" then
    return pandoc.RawInline("typst", "#image(" .. typst_string(image.src) .. ", width: 100%, alt: "
      .. typst_string(alt) .. ")")
  end
  image.attributes["fig-alt"] = nil
  image.caption = { pandoc.Str(alt) }
  image.attributes["alt"] = nil
  if FORMAT == "docx" then image.attributes["width"] = "100%" end
  return image
end

-- What the front matter says of the whole document.
local large, plain_captions = false, false

local function read_settings(meta)
  large, plain_captions = meta.large == true, meta["number-figures"] == false
end

-- In large type, the number that a caption begins with stands beside its words and picture.
local function large_figure(figure)
  local words = pandoc.utils.blocks_to_inlines(figure.caption.long)
  local number = words:remove(1)
  if FORMAT:match("html") then
    figure.caption = pandoc.Caption({ pandoc.Plain({
      pandoc.Span({ number }, pandoc.Attr("", { "big" })), pandoc.Space(),
      pandoc.Span(words, pandoc.Attr("", { "words" })) }) })
    return figure
  end
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#fact["), pandoc.Plain({ number }),
    pandoc.RawBlock("typst", "]["), pandoc.Plain(words), pandoc.RawBlock("typst", "][") })
  blocks:extend(figure.content)
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

-- The title of a chart stands above it. Pandoc's Word writer would put it below.
local function house_figure(figure)
  if large and FORMAT ~= "docx" then return large_figure(figure) end
  if FORMAT ~= "docx" then return nil end
  local caption = pandoc.Div(figure.caption.long, pandoc.Attr("", {}, { ["custom-style"] = "Image Caption" }))
  local chart = pandoc.Div(figure.content, pandoc.Attr("", {}, { ["custom-style"] = "Captioned Figure" }))
  return pandoc.Div({ caption, chart }, pandoc.Attr(figure.identifier))
end

-- ---------------------------------------------------------------- text

-- A reporting year does not break at its hyphen; "-5" is printed as it is written, which Typst
-- would make a minus sign of, so that it differs from the other formats.
local function house_text(str)
  if FORMAT:match("html") and str.text:match("^%d%d%d%d%-%d%d%p*$") then
    return pandoc.Span({ str }, pandoc.Attr("", { "year" }))
  elseif FORMAT == "typst" and str.text:match("^%-%d") then
    return { pandoc.RawInline("typst", "\\-"), pandoc.Str(str.text:sub(2)) }
  end
end

-- Quarto numbers a chapter "1." in Word, and "1" everywhere else.
local function house_heading(heading)
  local number, delimiter = heading.content[1], heading.content[2]
  if quarto and number and delimiter and number.text and delimiter.text == ". "
    and number.text:match("^%d+$") then
    heading.content[2] = pandoc.Space()
  end
  return heading
end

-- ---------------------------------------------------------------- blocks with a name

local STYLES = { banner = "Banner", note = "Note", hint = "Callout", glossary = "Glossary",
  numbered = "Numbered Paragraph", particulars = "Particulars" }

local function style_of(div)
  for _, class in ipairs(div.classes) do
    if STYLES[class] then return class end
  end
end

-- The number of a numbered paragraph; what follows it begins at a tab.
local function house_span(span)
  if not span.classes:includes("number") then return nil end
  if FORMAT == "docx" then
    return { pandoc.Str(text(span)), pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>") }
  elseif FORMAT == "typst" then
    return { pandoc.RawInline("typst", "#box(width: 3em)["), pandoc.Str(text(span)),
      pandoc.RawInline("typst", "]") }
  end
end

-- The space behind the number would come on top of the tab.
local function house_numbered(div)
  local first = div.content[1]
  if first and first.content and first.content[2] and first.content[2].t == "Space" then
    first.content:remove(2)
  end
  return div
end

local PAGE_BREAKS = {
  docx = { "openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' },
  typst = { "typst", "#pagebreak(weak: true)" },
}

-- Quarto breaks a web page by a style on an element, which the page's policy forbids.
local function plain_break(raw)
  if FORMAT:match("html") and raw.text:match("page%-break%-after") then
    return pandoc.Div({}, pandoc.Attr("", { "pagebreak" }))
  end
end

local function in_typst(div, style)
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. style .. "[") })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

local function house_div(div)
  if div.classes:includes("quarto-embed-nb-cell") then
    div.attributes = {} -- they hold the path of the folder that this was rendered in
  end
  if div.classes:includes("pagebreak") and PAGE_BREAKS[FORMAT] then
    return pandoc.RawBlock(PAGE_BREAKS[FORMAT][1], PAGE_BREAKS[FORMAT][2])
  end
  local style = style_of(div)
  if style == "numbered" then div = house_numbered(div) end
  if style == "banner" and text(div) == "" then return {} end
  if style and FORMAT == "docx" then
    div.attributes["custom-style"] = STYLES[style]
  elseif style and style ~= "glossary" and FORMAT == "typst" then
    return in_typst(div, style)
  end
  return div
end

-- ---------------------------------------------------------------- Quarto's cross-referenced blocks
-- Quarto numbers them; in Word it would then lay each out inside a table of its own, without header
-- rows or alt text. Made plain again here, they come out as the built-in renderer's do.

local TITLES = { tbl = "Table", fig = "Figure" }

local function numbered(float)
  local kind = float.identifier:match("^(%a+)%-")
  local inlines = plain_captions and pandoc.Inlines({}) or pandoc.Inlines({
    pandoc.Str(TITLES[kind] .. "\u{a0}" .. float.order.order .. ":"), pandoc.Space() })
  inlines:extend(pandoc.utils.blocks_to_inlines({ float.caption_long }))
  return pandoc.Caption({ pandoc.Plain(inlines) })
end

local function first(content, kind)
  local found
  pandoc.Div(content):walk({ [kind] = function(node) found = found or node end })
  return found
end

local function house_float(float)
  if FORMAT == "typst" or not TITLES[(float.identifier:match("^(%a+)%-"))] then return nil end
  local content = pandoc.utils.type(float.content) == "Block" and { float.content } or float.content
  local tbl, image = first(content, "Table"), first(content, "Image")
  if tbl then
    tbl.caption = numbered(float)
    tbl.attr = pandoc.Attr(float.identifier)
    return house_table(tbl)
  end
  if not image then return nil end
  image.attributes["fig-alt"] = image.attributes["fig-alt"] or float.attributes["alt"]
    or float.attributes["fig-alt"]
  local figure = pandoc.Figure({ pandoc.Plain({ house_image(image) }) }, numbered(float),
    pandoc.Attr(float.identifier))
  return house_figure(figure) or figure
end

-- ---------------------------------------------------------------- contents
-- Word fills a table of contents only when it is asked to; these entries stand there before.

local FIELD = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
local TOC = FIELD:format("begin") .. '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u '
  .. "</w:instrText></w:r>" .. FIELD:format("separate")
local ENTRY = '<w:p><w:pPr><w:pStyle w:val="TOC%d"/></w:pPr>%s<w:hyperlink w:anchor="%s">'
  .. '<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:hyperlink></w:p>'

local function escaped(value)
  return (value:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"))
end

-- Word cuts names of bookmarks after 40 characters; pandoc's writer calls longer ones by a digest.
local function bookmark(id)
  local short = (utf8.len(id) or #id) <= 40 and id:match("^%a")
  return short and id or "X" .. pandoc.utils.sha1(id):sub(2)
end

local function word_contents(blocks)
  local entries = {}
  blocks:walk({ Header = function(heading)
    if heading.level > 2 then return nil end
    table.insert(entries, ENTRY:format(heading.level, #entries == 0 and TOC or "",
      bookmark(heading.identifier), escaped(text(heading.content))))
  end })
  if #entries == 0 then return {} end
  local title = '<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>Contents</w:t></w:r></w:p>'
  entries[#entries] = entries[#entries]:gsub("</w:p>$", FIELD:format("end") .. "</w:p>")
  return { pandoc.RawBlock("openxml", title .. table.concat(entries)) }
end

-- The contents stand under what the report says about itself: before the first page break or heading.
-- A short document does without: `toc: false` in its front matter for a web page, `short: true` for
-- the others, since Quarto keeps `toc` to itself.
-- A run of headings with a glossary under each: one block of two columns, so that only its last
-- page may have room left.
local function holds_glossary(block)
  local found = false
  if block and block.t ~= "Header" then
    pandoc.Div({ block }):walk({ Div = function(div)
      found = found or div.classes:includes("glossary")
    end })
  end
  return found
end

local function in_columns(blocks)
  local placed, open = pandoc.Blocks({}), false
  for index, block in ipairs(blocks) do
    local heads = block.t == "Header" and holds_glossary(blocks[index + 1])
    if heads and not open then placed:insert(pandoc.RawBlock("typst", "#two_columns[")) end
    if open and not heads and not holds_glossary(block) then
      placed:insert(pandoc.RawBlock("typst", "]"))
      open = false
    end
    placed:insert(block)
    open = open or heads
  end
  if open then placed:insert(pandoc.RawBlock("typst", "]")) end
  return placed:walk({ Div = function(div)
    if div.classes:includes("glossary") then return in_typst(div, "glossary") end
  end })
end

local function house_document(document)
  if FORMAT == "typst" then document.blocks = in_columns(document.blocks) end
  local contents, first = {}, document.blocks[1]
  local wanted = not document.meta.short
  if FORMAT:match("html") and first and first.t == "Div" and first.classes:includes("banner") then
    -- on a phone, too, it comes before the contents
    document.meta.banner = pandoc.MetaBlocks({ document.blocks:remove(1) })
  end
  if FORMAT == "docx" and wanted then
    contents = word_contents(document.blocks)
  elseif FORMAT == "typst" and not quarto and wanted then
    contents = { pandoc.RawBlock("typst", "#contents") }
  elseif FORMAT == "typst" and quarto and document.meta.footer then
    quarto.doc.include_text("in-header", "#set page(footer: context { set text(size: 8pt); "
      .. typst_string(text(document.meta.footer)) .. "; h(1fr); counter(page).display() })")
  end
  local blocks, placed = pandoc.Blocks({}), false
  for _, block in ipairs(document.blocks) do
    local page = block.t == "RawBlock" and block.text:match("page")
    if not placed and (block.t == "Header" or page) then
      blocks:extend(contents)
      placed = true
    end
    blocks:insert(block)
  end
  document.blocks = blocks
  return document
end

if quarto then
  return { { Meta = read_settings },
    { FloatRefTarget = house_float, Div = house_div, Str = house_text, Header = house_heading,
      RawBlock = plain_break },
    { Span = house_span }, { Pandoc = house_document } }
end
return { { Meta = read_settings },
  { Table = house_table, Image = house_image, Str = house_text, Blocks = keep_with_note },
  { Figure = house_figure, Div = house_div }, { Span = house_span }, { Pandoc = house_document } }
