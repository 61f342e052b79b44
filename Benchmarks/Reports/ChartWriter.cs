using System.Xml.Linq;

namespace ChatHub.Benchmarks.Reports;

/// <summary>
/// A report as an SVG of bars: for each measure one bar a candidate, on a scale of its own, with the median and a line from the
/// least to the most. It brings its own background, light or dark as the reader prefers, so that its text is readable on any page.
/// </summary>
public static class ChartWriter
{
    private const int Width = 760;
    private const int Margin = 16;
    private const int LineHeight = 20;
    private const int BarHeight = 13;
    private const int BarsBegin = 210;
    private const int ValuesWidth = 110;
    private const int BarsWidth = Width - BarsBegin - ValuesWidth - Margin;
    private const int Colors = 4;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string Style = """
        .page { fill: #ffffff; stroke: #d0d7de } text { font: 12px system-ui, sans-serif; fill: #1f2328 } .title { font-size: 15px; font-weight: 600 }
        .measure { font-weight: 600 } .spread { stroke: #1f2328; stroke-width: 1.5 } .bar0 { fill: #8c959f } .bar1 { fill: #2f81f7 } .bar2 { fill: #2da44e } .bar3 { fill: #bf8700 }
        @media (prefers-color-scheme: dark) { .page { fill: #0d1117; stroke: #30363d } text { fill: #e6edf3 } .spread { stroke: #e6edf3 } .bar0 { fill: #6e7681 } .bar1 { fill: #1f6feb } .bar2 { fill: #238636 } .bar3 { fill: #9e6a03 } }
        """;

    public static string Write(Report report)
    {
        var elements = new List<XElement>();
        var y = Margin + LineHeight;
        elements.Add(Text(Margin, y, report.Title, "title"));
        foreach (var row in report.Rows.Where(row => row.IsCharted))
        {
            y += LineHeight + (LineHeight / 2);
            elements.Add(Text(Margin, y, row.Title, "measure"));
            var most = row.Values.SelectMany(values => values).DefaultIfEmpty(0).Max();
            foreach (var (candidate, values) in row.Values.Index().Where(entry => entry.Item.Count > 0))
            {
                y += LineHeight;
                elements.Add(Text(Margin * 2, y, report.Candidates[candidate], ""));
                elements.AddRange(Bar(y, values, candidate, most, row.Format));
            }
        }

        return Document(report, elements, height: y + (2 * Margin)).ToString() + "\n";
    }

    private static IEnumerable<XElement> Bar(int y, IReadOnlyList<double> values, int candidate, double most, string format)
    {
        var scale = most > 0 ? BarsWidth / most : 0;
        var median = Statistics.Median(values);
        yield return Element("rect", ("class", $"bar{candidate % Colors}"), ("x", BarsBegin), ("y", y - BarHeight + 2), ("width", Pixels(median * scale)), ("height", BarHeight), ("rx", 2));
        var middle = Pixels(y + 2 - (BarHeight / 2.0));
        if (values.Count > 1)
            yield return Element("line", ("class", "spread"), ("x1", Pixels(BarsBegin + (values.Min() * scale))), ("x2", Pixels(BarsBegin + (values.Max() * scale))), ("y1", middle), ("y2", middle));
        yield return Text(BarsBegin + BarsWidth + (Margin / 2), y, median.ToString(format), "");
    }

    private static XElement Document(Report report, IEnumerable<XElement> elements, int height) => new(
        Svg + "svg",
        new XAttribute("viewBox", $"0 0 {Width} {height}"),
        new XAttribute("width", Width),
        new XAttribute("height", height),
        new XAttribute("role", "img"),
        new XElement(Svg + "title", report.Title),
        new XElement(Svg + "style", Style),
        Element("rect", ("class", "page"), ("x", 0.5), ("y", 0.5), ("width", Width - 1), ("height", height - 1), ("rx", 6)),
        elements);

    private static XElement Text(int x, int y, string text, string style)
    {
        var element = Element("text", ("x", x), ("y", y));
        if (style != "")
            element.SetAttributeValue("class", style);
        element.Add(text);
        return element;
    }

    private static XElement Element(string name, params (string Name, object Value)[] attributes) =>
        new(Svg + name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)));

    private static double Pixels(double value) => Math.Round(value, 1);
}
