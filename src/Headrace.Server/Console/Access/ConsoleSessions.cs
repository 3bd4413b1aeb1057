using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Headrace.Server.AwsJson;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Console.Access;

/// <summary>Who is signed in to the console. Sessions live in memory and end with the server. Thread-safe.</summary>
internal sealed class ConsoleSessions(IReadOnlyDictionary<string, string> accessKeys, TimeProvider time)
{
    public const string CookieName = "headrace_console";

    private const int MaxSessions = 1000;
    private const int MaxFailuresEach = 10;
    private const int MaxFailures = 100;

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string AccessKeyId, DateTimeOffset Ends)> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    // Guarded by _lock: failed sign-ins of the current window, by address.
    private readonly Dictionary<IPAddress, int> _failures = [];
    private int _allFailures;
    private DateTimeOffset _windowEnds;

    /// <summary>The access key that the request's session belongs to; null when it has none.</summary>
    public string? Find(HttpRequest request) =>
        request.Cookies[CookieName] is { Length: > 0 } token && _sessions.TryGetValue(KeyOf(token), out var session) && session.Ends > time.GetUtcNow() ? session.AccessKeyId : null;

    /// <summary>Begins a session and gives the browser its cookie.</summary>
    /// <exception cref="WireException">The key is not one of ours, or too many were tried.</exception>
    public void Begin(HttpContext http, string accessKeyId, string secret)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        RequirePatience(address);
        if (!Matches(accessKeyId, secret))
        {
            CountFailure(address);
            throw new WireException(403, "InvalidClientTokenId", "The access key id or its secret is not right.");
        }
        Prune();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _sessions[KeyOf(token)] = (accessKeyId, time.GetUtcNow() + Life);
        http.Response.Cookies.Append(CookieName, token, Cookie(http.Request));
    }

    public void End(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is { Length: > 0 } token)
            _sessions.TryRemove(KeyOf(token), out _);
        http.Response.Cookies.Delete(CookieName, Cookie(http.Request));
    }

    private static CookieOptions Cookie(HttpRequest request) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/console/", Secure = request.IsHttps, MaxAge = Life };

    /// <summary>Only the hash is kept, so that finding it tells nothing of a token by its time.</summary>
    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Takes as long for a key that is not there as for a wrong secret.</summary>
    private bool Matches(string accessKeyId, string secret)
    {
        var isKnown = accessKeys.TryGetValue(accessKeyId, out var expected);
        var isRight = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return isKnown & isRight;
    }

    private void RequirePatience(IPAddress address)
    {
        lock (_lock)
        {
            if (time.GetUtcNow() >= _windowEnds)
            {
                _failures.Clear();
                _allFailures = 0;
                _windowEnds = time.GetUtcNow() + FailureWindow;
            }
            if (_allFailures >= MaxFailures || _failures.GetValueOrDefault(address) >= MaxFailuresEach)
                throw new WireException(429, "Throttling", "Too many sign-ins have failed; wait a minute.");
        }
    }

    private void CountFailure(IPAddress address)
    {
        lock (_lock)
        {
            _allFailures++;
            _failures[address] = _failures.GetValueOrDefault(address) + 1;
        }
    }

    private void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var (key, session) in _sessions)
        {
            if (session.Ends <= now)
                _sessions.TryRemove(key, out _);
        }
        // Beyond the bound the one that ends first gives way.
        if (_sessions.Count >= MaxSessions)
            _sessions.TryRemove(_sessions.MinBy(session => session.Value.Ends).Key, out _);
    }
}
