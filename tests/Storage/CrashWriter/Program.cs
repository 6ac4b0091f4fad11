using Microsoft.Extensions.Logging.Abstractions;
using TeleCube.Storage;
using TeleCube.Storage.CrashWriter;

// TeleCube.Storage.CrashWriter sqlite|postgresql PATH|CONNECTION-STRING RUN
// Appends under load until it is killed, and prints each append once it is acknowledged: "stream last-number".
var options = args[0] == "sqlite"
    ? new StoreOptions { Path = args[1] }
    : new StoreOptions
    {
        Provider = StoreProvider.PostgreSql,
        ConnectionString = args[1],
        LeaseTtl = TimeSpan.FromSeconds(1),
        LeaseRenewal = TimeSpan.FromMilliseconds(200),
        ProbeInterval = TimeSpan.FromMilliseconds(50),
    };
await using var store = await Store.Open(options, [Load.Model], TimeProvider.System, NullLogger.Instance);
await Task.WhenAll(Enumerable.Range(0, 40).Select(i => new Load(store, $"{args[2]}-{i}", i).Run()));
