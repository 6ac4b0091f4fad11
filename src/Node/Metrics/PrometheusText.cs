using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TeleCube.Node.Metrics;

/// <summary>Prometheus' text format 0.0.4.</summary>
static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary><c>telecube.sip.latency</c> in <c>s</c> is <c>telecube_sip_latency_seconds</c>; a counter ends in <c>_total</c>.</summary>
    public static string NameOf(Instrument instrument)
    {
        var name = Clean(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return MetricKinds.Of(instrument) == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            if (family.Description.Length > 0) text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Description)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind switch
            {
                MetricKind.Counter => "counter\n",
                MetricKind.Histogram => "histogram\n",
                _ => "gauge\n",
            });
            foreach (var (labels, series) in family.Series) Append(text, family, Labels(labels), series);
        }
        return text.ToString();
    }

    static void Append(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var (value, count, buckets) = series.Read();
        if (family.Kind != MetricKind.Histogram)
        {
            Line(text, family.Name, labels, value);
            return;
        }
        var before = labels.Length == 0 ? "" : $"{labels},";
        foreach (var (bound, below) in buckets) Line(text, $"{family.Name}_bucket", $"{before}le=\"{Number(bound)}\"", below);
        Line(text, $"{family.Name}_bucket", $"{before}le=\"+Inf\"", count);
        Line(text, $"{family.Name}_sum", labels, value);
        Line(text, $"{family.Name}_count", labels, count);
    }

    static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    static string Labels(MetricLabels labels) => string.Join(',', labels.Tags.Select(tag =>
        $"{Clean(tag.Key)}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
