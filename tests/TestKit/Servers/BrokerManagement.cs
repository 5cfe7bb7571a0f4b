using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SparsePipeline.TestKit.Servers;

/// <summary>The management interface of a broker; counts of messages in it are seconds old, names and arguments are not.</summary>
internal sealed class BrokerManagement : IDisposable
{
    private readonly HttpClient _client;

    public BrokerManagement(BrokerAddress address)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address.User}:{address.Password}"));
        _client = new HttpClient { BaseAddress = address.Management };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public void Dispose() => _client.Dispose();

    public async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await _client.PutAsJsonAsync("/api/" + path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.DeleteAsync(new Uri("/api/" + path, UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        _client.GetFromJsonAsync<JsonElement>("/api/" + path, cancellationToken);
}
