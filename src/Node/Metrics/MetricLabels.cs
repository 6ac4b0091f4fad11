namespace TeleCube.Node.Metrics;

/// <summary>
/// The tags of a series, in the order in which they were given; looked up by span, so that a measurement allocates nothing.
/// </summary>
public readonly record struct MetricLabels(KeyValuePair<string, object?>[] Tags)
{
    public static readonly IEqualityComparer<MetricLabels> Comparer = new BySpan();

    sealed class BySpan : IEqualityComparer<MetricLabels>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, MetricLabels>
    {
        public bool Equals(MetricLabels x, MetricLabels y) => Equals(x.Tags, y);

        public int GetHashCode(MetricLabels obj) => GetHashCode(obj.Tags);

        public MetricLabels Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, MetricLabels other)
        {
            if (alternate.Length != other.Tags.Length) return false;
            for (var i = 0; i < alternate.Length; i++)
            {
                if (alternate[i].Key != other.Tags[i].Key || !Equals(alternate[i].Value, other.Tags[i].Value)) return false;
            }
            return true;
        }

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = new HashCode();
            foreach (var (key, value) in alternate)
            {
                hash.Add(key);
                hash.Add(value);
            }
            return hash.ToHashCode();
        }
    }
}
