using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace SparsePipeline.Chaos.Store;

/// <summary>What the suite's faults are worth: each does to a request what it says and nothing else.</summary>
public sealed class StoreProxyTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private EchoStore _store = null!;
    private StoreProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await EchoStore.StartAsync();
        _proxy = new StoreProxy(_store.Address);
        await _proxy.ListenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _store.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Requests_pass_with_their_host_path_query_and_body_and_answers_come_back()
    {
        (await PutAsync("/b/a%20b%2Fc?x=%7e")).ShouldBe(HttpStatusCode.OK);

        _store.Targets.ShouldBe(["/b/a%20b%2Fc?x=%7e"]);
        _store.Hosts.ShouldBe([_proxy.Address.Authority]);
        (await _client.GetByteArrayAsync(UriOf("/b/a%20b%2Fc"))).ShouldBe(Content);
        using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, UriOf("/b/a%20b%2Fc")));
        head.Content.Headers.ContentLength.ShouldBe(Content.Length);
        (await _client.GetAsync(UriOf("/b/none"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _proxy.Harm.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_is_down_refuses_connections_and_comes_back_at_the_same_address()
    {
        await _proxy.RefuseAsync();
        (await Should.ThrowAsync<HttpRequestException>(() => PutAsync("/b/k"))).HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);

        await _proxy.BehaveAsync();
        (await PutAsync("/b/k")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_share_of_requests_is_answered_with_an_error_and_never_reaches_the_store()
    {
        _proxy.Misbehave(new AnswerError(503), share: 0.5, seed: 1);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
            answers.Add(await PutAsync($"/b/{i}"));

        var refused = answers.Count(a => a == HttpStatusCode.ServiceUnavailable);
        refused.ShouldBeInRange(1, 39);
        _store.Objects.Count.ShouldBe(40 - refused);
        _proxy.Harm[nameof(AnswerError)].ShouldBe(refused);
    }

    [Fact]
    public async Task A_cut_upload_leaves_nothing_whole_behind()
    {
        _proxy.Misbehave(new CutUpload(afterBytes: 20_000));

        await Should.ThrowAsync<HttpRequestException>(() => PutAsync("/b/k"));

        _store.Objects.ShouldBeEmpty();
        _proxy.Harm[nameof(CutUpload)].ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_download_ends_in_the_middle()
    {
        await PutAsync("/b/k");
        _proxy.Misbehave(new CutDownload(afterBytes: 20_000));

        await Should.ThrowAsync<HttpRequestException>(() => _client.GetByteArrayAsync(UriOf("/b/k")));

        _proxy.Harm[nameof(CutDownload)].ShouldBe(1);
    }

    [Fact]
    public async Task A_swallowed_answer_makes_the_second_try_of_a_conditional_create_meet_its_own_object()
    {
        _proxy.Misbehave(new SwallowAnswer());
        await Should.ThrowAsync<HttpRequestException>(() => PutAsync("/b/k", create: true));
        await _proxy.BehaveAsync();

        (await PutAsync("/b/k", create: true)).ShouldBe(HttpStatusCode.PreconditionFailed);
        _store.Objects["/b/k"].ShouldBe(Content);
    }

    [Fact]
    public async Task A_slow_store_takes_at_least_the_time_its_rate_allows()
    {
        _proxy.Misbehave(new SlowDown(TimeSpan.FromMilliseconds(50), bytesPerSecond: 500_000));
        var start = Stopwatch.GetTimestamp();

        (await PutAsync("/b/k")).ShouldBe(HttpStatusCode.OK);

        // 100 kB at 500 kB/s and the latency; a lower bound cannot fail on a slow machine.
        Stopwatch.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task A_request_that_hangs_is_broken_off_when_the_partition_ends()
    {
        _proxy.Misbehave(new Hang());
        var put = PutAsync("/b/k");
        while (_proxy.Requests == 0)
            await Task.Delay(10);

        put.IsCompleted.ShouldBeFalse();
        await _proxy.BehaveAsync();
        await Should.ThrowAsync<HttpRequestException>(put);
        _store.Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listener_sees_a_write_after_the_store_has_obeyed_and_may_keep_the_answer()
    {
        var whole = false;
        _proxy.Obeyed = (request, status) =>
        {
            whole = request.Puts("result.json") && status == 200 && _store.Objects.Count == 1;
            return Task.FromResult(true);
        };

        await Should.ThrowAsync<HttpRequestException>(() => PutAsync("/b/steps/ab/result.json"));

        whole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_listener_may_keep_a_request_from_the_store()
    {
        _proxy.Arriving = request => Task.FromResult(request.Puts("claim.json"));

        await Should.ThrowAsync<HttpRequestException>(() => PutAsync("/b/steps/ab/claim.json"));

        _store.Objects.ShouldBeEmpty();
    }

    private Uri UriOf(string target) =>
        new(_proxy.Address.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private async Task<HttpStatusCode> PutAsync(string target, bool create = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, UriOf(target)) { Content = new ByteArrayContent(Content) };
        if (create)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var response = await _client.SendAsync(request);
        return response.StatusCode;
    }
}
