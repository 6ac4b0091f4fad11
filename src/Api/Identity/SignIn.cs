using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using TeleCube.Actors;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Identity;

/// <summary>Turns login and password into a session.</summary>
public sealed class SignIn(IDirectory directory, TenantLookup tenants, SignInGuard guard, ApiSettings settings, TimeProvider clock) : IDisposable
{
    const int IdBytes = 16;

    /// <summary>Checked in place of a password when the login is unknown, so that both take the same time.</summary>
    static readonly PasswordHash _nobody = PasswordHash.Of(Guid.NewGuid().ToString());

    // A password costs a tenth of a second of a core by intent; calls must not wait for a crowd that signs in.
    readonly SemaphoreSlim _checking = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<(SessionTicket? Ticket, User? User, Refused? Refused)> Try(IPAddress source, string login, string password, CancellationToken stop)
    {
        var key = DirectoryKinds.UserLoginKey(login);
        if (guard.Wait(source, key) is { } wait) return (null, null, TooMany(wait));
        var (tenant, user) = await Find(key, stop);
        if (!await Verify(user?.Password ?? _nobody, password, stop)
            || user is null or { Disabled: true }
            || tenant is null or { Status: TenantStatus.Closed })
        {
            guard.Failed(source, key);
            return (null, null, Refused.With(ApiCodes.BadCredentials));
        }

        guard.Succeeded(source, key);
        var now = clock.GetUtcNow();
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        return (new SessionTicket(id, tenant.Id, user.Id, SessionTicket.MarkOf(user.Password), now, now + settings.SessionLifetime), user, null);
    }

    public void Dispose() => _checking.Dispose();

    static Refused TooMany(TimeSpan wait) => Refused.After(ApiCodes.TooManyAttempts, wait);

    async Task<(TenantState?, User?)> Find(string key, CancellationToken stop)
    {
        if (await directory.Find(DirectoryKinds.UserLogin, key, stop) is not { } id || await tenants.Find(id, stop) is not { } tenant) return (null, null);
        return (tenant, tenant.Users.Values.FirstOrDefault(user => DirectoryKinds.UserLoginKey(user.Login) == key));
    }

    async Task<bool> Verify(PasswordHash hash, string password, CancellationToken stop)
    {
        await _checking.WaitAsync(stop);
        try
        {
            return await Task.Run(() => hash.Verify(password), stop);
        }
        finally
        {
            _checking.Release();
        }
    }
}
