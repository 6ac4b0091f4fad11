using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TeleCube.Tests.Support.Nodes;
using TeleCube.Tests.Support.Phones;

namespace TeleCube.Scenarios.Tests.Given;

/// <summary>A node with the demo company, and its phones: real ones, registered over the wire.</summary>
public sealed class DemoCompany : IAsyncDisposable
{
    public const string Id = "firmaabcde";

    /// <summary>Text logs, so that a failed test can be read.</summary>
    const string Settings = """
        telecube {
          node.demo = on
          log { format = text, level = information }
        }

        """;

    static readonly TimeSpan _written = TimeSpan.FromSeconds(10);

    readonly List<IAsyncDisposable> _phones = [];

    DemoCompany(RunningNode node) => Node = node;

    public RunningNode Node { get; }

    public static async Task<DemoCompany> Start(string settings = "") => new(await RunningNode.Start(Settings + settings));

    /// <summary>A phone of an extension, switched on and registered. Its tone is 400 Hz and 10 for each number above 0, unless given.</summary>
    public async Task<BaresipPhone> Phone(string extension, double? toneHz = null, string transport = "udp")
    {
        var phone = await BaresipPhone.Start(new()
        {
            User = $"{Id}_{extension}",
            Password = $"demo-{extension}",
            Server = Node.Sip,
            Transport = transport,
            ToneHz = toneHz ?? Tone(extension),
        });
        _phones.Add(phone);
        await phone.Registered();
        return phone;
    }

    /// <summary>What the phones of an extension play: far enough from each other to be told apart in a tenth of a second.</summary>
    public static double Tone(string extension) => 400 + ((int.Parse(extension, CultureInfo.InvariantCulture) - 10) * 220);

    /// <summary>The call records, oldest first, when there are as many as expected.</summary>
    public async Task<IReadOnlyList<JsonElement>> Cdrs(int count)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var over = new CancellationTokenSource(_written);
        while (true)
        {
            var rows = ReadCdrs();
            if (rows.Count >= count) return rows;
            try
            {
                await ticks.WaitForNextTickAsync(over.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{rows.Count} call records, not {count}, after {_written.TotalSeconds} s\n{Node.Process.Output}");
            }
        }
    }

    List<JsonElement> ReadCdrs()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Node.Data, "telecube.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT json FROM cdr ORDER BY started_at, id";
        using var reader = query.ExecuteReader();
        var rows = new List<JsonElement>();
        while (reader.Read()) rows.Add(JsonDocument.Parse(reader.GetString(0)).RootElement);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones) await phone.DisposeAsync();
        await Node.DisposeAsync();
    }
}
