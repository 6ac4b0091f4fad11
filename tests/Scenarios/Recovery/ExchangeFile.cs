using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using TeleCube.Tests.Support.Nodes;

namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>What a node has written down, read from its SQLite file or its PostgreSQL database, and what it counts, read from its metrics.</summary>
sealed class ExchangeFile(RunningNode node, string? postgres = null)
{
    static readonly TimeSpan _guard = TimeSpan.FromSeconds(60);
    static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>The CDRs by call id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Cdrs() =>
        Query("SELECT id, json FROM rm_cdr").ToDictionary(row => row[0], row => JsonDocument.Parse(row[1]).RootElement);

    public IReadOnlyList<string> RememberedCalls() => [.. Query("SELECT id FROM remembered WHERE kind = 'call'").Select(row => row[0])];

    /// <summary>How many events of the kind each call has.</summary>
    public IReadOnlyDictionary<string, int> Events(string type) =>
        Query("SELECT persistence_id, count(*) FROM journal WHERE type = $1 GROUP BY 1", type).ToDictionary(row => row[0].Split('/')[^1], row => int.Parse(row[1], CultureInfo.InvariantCulture));

    /// <summary>The gauge's sum over its labels; null when it is not there.</summary>
    public async Task<double?> Gauge(string name)
    {
        using var client = node.Client;
        var lines = (await client.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{').ToList();
        return lines.Count == 0 ? null : lines.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until no call, actor, port, stream or transaction is left.</summary>
    public Task NothingIsLeft() => Until(async () =>
    {
        var remembered = RememberedCalls();
        var (live, ports, streams, invites) = (
            await Gauge("telecube_calls_live"), await Gauge("telecube_media_ports"), await Gauge("telecube_media_streams"), await Gauge("telecube_sip_invites_unanswered"));
        var actors = await Gauge("telecube_calls_actors");
        return (remembered.Count == 0 && (live, ports, streams, invites, actors) == (0, 0, 0, 0, 0),
            $"{remembered.Count} calls remembered, {live} live, {actors} actors, {ports} ports, {streams} streams, {invites} unanswered INVITEs: {string.Join(' ', remembered)}");
    });

    /// <summary>Looks until it is so; says what it saw last when it never is.</summary>
    public static async Task Until(Func<Task<(bool So, string Seen)>> look)
    {
        using var timer = new PeriodicTimer(_lookEvery);
        var began = DateTimeOffset.UtcNow;
        while (true)
        {
            var (so, seen) = await look();
            if (so) return;
            if (DateTimeOffset.UtcNow - began > _guard) throw new TimeoutException($"after {_guard.TotalSeconds} s still {seen}");
            await timer.WaitForNextTickAsync();
        }
    }

    List<string[]> Query(string sql, string? argument = null)
    {
        using DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Path.Combine(node.Data, "telecube.db")};Mode=ReadOnly;Pooling=False")
            : new NpgsqlConnection($"{postgres};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (argument is not null) Add(command, argument);
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!)]);
        return rows;
    }

    void Add(DbCommand command, string argument)
    {
        var parameter = command.CreateParameter();
        if (postgres is null) parameter.ParameterName = "$1"; // Npgsql counts them
        parameter.Value = argument;
        command.Parameters.Add(parameter);
    }
}
