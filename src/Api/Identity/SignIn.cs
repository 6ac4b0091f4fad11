using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using TeleCube.Actors;
using TeleCube.Actors.Audit;
using TeleCube.Actors.Tenants;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;
using TeleCube.Kernel.Persistence;

namespace TeleCube.Api.Identity;

/// <summary>Turns login and password into a session. Each attempt stands in the audit log, or waits for it, before it is answered.</summary>
public sealed class SignIn(
    IDirectory directory, TenantLookup tenants, SignInGuard guard, AuditTrail audit, ApiSettings settings, TimeProvider clock) : IDisposable
{
    const int IdBytes = 16;

    /// <summary>Checked in place of a password when the login is unknown, so that both take the same time.</summary>
    static readonly PasswordHash _nobody = PasswordHash.Of(Guid.NewGuid().ToString());

    // A password costs a tenth of a second of a core by intent; calls must not wait for a crowd that signs in.
    readonly SemaphoreSlim _checking = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<(SessionTicket? Ticket, User? User, Refused? Refused)> Try(IPAddress source, string login, string password, CancellationToken stop)
    {
        var key = DirectoryKinds.UserLoginKey(login);
        if (guard.Wait(source, key) is { } wait)
        {
            if (guard.IsNews(source, wait)) await Record(await Find(key, stop), ApiCodes.TooManyAttempts, stop);
            return (null, null, TooMany(wait));
        }

        var found = await Find(key, stop);
        var right = await Verify(found.User?.Password ?? _nobody, password, stop);
        if (!right || found is not { Tenant: { Status: not TenantStatus.Closed } tenant, User: { Disabled: false } user })
        {
            guard.Failed(source, key);
            await Record(found, FaultOf(found, right), stop);
            return (null, null, Refused.With(ApiCodes.BadCredentials));
        }

        guard.Succeeded(source, key);
        await audit.Write(audit.Entry(Subject("sign-in", found), AuditTrail.ActorOf(user)), stop);
        var now = clock.GetUtcNow();
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        return (new SessionTicket(id, tenant.Id, user.Id, SessionTicket.MarkOf(user.Password), now, now + settings.SessionLifetime), user, null);
    }

    public void Dispose() => _checking.Dispose();

    static Refused TooMany(TimeSpan wait) => Refused.After(ApiCodes.TooManyAttempts, wait);

    static AuditSubject Subject(string action, (TenantState? Tenant, User? User) found) => new(action, "sessions", null, found.Tenant?.Id);

    /// <summary>Why, for the operator; who tried is told nothing of it.</summary>
    static string FaultOf((TenantState? Tenant, User? User) found, bool right) => found switch
    {
        { User: null } or { Tenant: null } => "unknown-login",
        _ when !right => "wrong-password",
        { User.Disabled: true } => "user-disabled",
        _ => Refusals.TenantClosed,
    };

    /// <summary>A login that nobody has is not written down: people type passwords there by mistake.</summary>
    Task Record((TenantState? Tenant, User? User) found, string refusal, CancellationToken stop)
    {
        var actor = found.User is { } claimed
            ? new AuditActor(AuditActorKind.Nobody, claimed.Login, claimed.Id.Value)
            : new AuditActor(AuditActorKind.Nobody, "unknown");
        return audit.Write(audit.Entry(Subject("sign-in-failed", found), actor, refusal), stop);
    }

    async Task<(TenantState? Tenant, User? User)> Find(string key, CancellationToken stop)
    {
        try
        {
            return await directory.Find(DirectoryKinds.UserLogin, key, stop) is { } id && await tenants.Find(id, stop) is { } tenant
                ? (tenant, UserOf(tenant, key))
                : (null, null);
        }
        catch (StoreUnavailableException)
        {
            return tenants.Running.Select(tenant => ((TenantState?)tenant, UserOf(tenant, key))).FirstOrDefault(found => found.Item2 is not null);
        }
    }

    static User? UserOf(TenantState tenant, string key) => tenant.Users.Values.FirstOrDefault(user => DirectoryKinds.UserLoginKey(user.Login) == key);

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
