using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Webhooks;
using SparsePipeline.Gateway.Webhooks.Sending;
using SparsePipeline.Infrastructure.Options;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Webhooks;

/// <summary>Where webhooks may not go, whatever is written into them and whatever names lead to.</summary>
public sealed class AddressTests
{
    private const string Public = "93.184.215.14";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:93.184.215.14]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fe80::1%251]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd12:3456::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://localhost/")]
    [InlineData("http://localhost/")]
    [InlineData("http://93.184.215.14/")]
    [InlineData("https://no-such-host.invalid/")]
    public async Task A_webhook_to_what_is_not_on_the_public_internet_is_refused_when_it_is_written(string url)
    {
        await using var gateway = await StartAsync(("Webhooks:AllowedHosts", "hooks.internal"));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/webhooks/alerts") { Content = Json(new { url, types = new[] { "*" } }) };
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");

        var answer = await client.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await answer.Content.ReadAsStringAsync(Token));
        (await CodesAsync(answer)).ShouldBe(["address-not-allowed"]);
    }

    [Theory]
    [InlineData(Public)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    public void Addresses_on_the_public_internet_are_not_refused(string address) => PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    public async Task A_name_that_leads_elsewhere_a_moment_later_reaches_nothing(string later)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var resolver = new Resolver(Public, later);
        using var poster = new WebhookPoster(new AddressGuard(resolver, Options.Create(new WebhookOptions())), Options.Create(new WebhookOptions()), TimeProvider.System);

        var (outcome, _) = await poster.PostAsync(Webhook($"https://rebinding.example:{port}/"), Test(), Token);

        outcome.Error.ShouldBe($"The host leads to {later}, which is not on the public internet, and its name is not among Webhooks:AllowedHosts.");
        resolver.Asked.ShouldBe(2, "once before anything is sent, and once for the connection");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_of_which_one_address_is_private_is_refused_and_one_that_is_allowed_is_not()
    {
        var options = Options.Create(new WebhookOptions { AllowedHosts = "hooks.internal" });
        var guard = new AddressGuard(new Resolver([Public, "10.0.0.1"]), options);

        await Should.ThrowAsync<RefusedAddressException>(() => guard.CheckAsync(new Uri("https://half.example/"), Token));
        await Should.ThrowAsync<RefusedAddressException>(() => guard.CheckAsync(new Uri("https://sub.hooks.internal/"), Token));
        await guard.CheckAsync(new Uri("http://HOOKS.internal/"), Token);
    }

    [Fact]
    public void Settings_that_will_not_do_are_all_named() =>
        new WebhookListsValidator().Validate(name: null, new WebhookOptions { AllowedHosts = "127.0.0.1, hooks.internal", RetrySeconds = "5, soon, 0" }).Failures!.ShouldBe(
        [
            "Webhooks:AllowedHosts holds '127.0.0.1', which is no name of a host: write names, such as hooks.internal.",
            "Webhooks:RetrySeconds holds 'soon': write seconds above 0 and up to 604800.",
            "Webhooks:RetrySeconds holds '0': write seconds above 0 and up to 604800.",
        ]);

    [Fact]
    public void Tries_are_as_far_apart_as_the_settings_say_give_or_take_a_tenth_and_no_sooner_than_the_receiver_asked()
    {
        var waits = WebhookListsValidator.Retries(new WebhookOptions());

        waits.Sum(w => w.TotalHours).ShouldBe(75.58, tolerance: 0.01);
        RetrySchedule.After(waits, tries: 1, asked: null, draw: 0.5).ShouldBe(TimeSpan.FromSeconds(5));
        RetrySchedule.After(waits, tries: 2, asked: null, draw: 0).ShouldBe(TimeSpan.FromSeconds(270));
        RetrySchedule.After(waits, tries: 1, asked: TimeSpan.FromMinutes(1), draw: 0.5).ShouldBe(TimeSpan.FromMinutes(1));
        RetrySchedule.After(waits, tries: 1, asked: TimeSpan.FromDays(400), draw: 0.5).ShouldBe(TimeSpan.FromDays(1));
        RetrySchedule.After(waits, tries: 10, asked: null, draw: 0.5).ShouldBeNull();
    }

    private static Webhook Webhook(string url) => new() { Name = "alerts", Url = url, Types = ["*"], Secret = StandardSignature.NewSecret(), WrittenBy = "abcdefghijkl", Nonce = "n" };

    private static OutgoingEvent Test() =>
        new OutgoingEvents(Options.Create(new GatewayOptions()), TimeProvider.System).OfWebhook("alerts", EventTypes.WebhookTest, "1", DateTimeOffset.UtcNow, new WebhookTest("alerts"));

    // Answers one after another, the last one for ever.
    private sealed class Resolver(params string[][] answers) : INameResolver
    {
        public Resolver(string first, string later)
            : this([first], [later])
        {
        }

        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(answers[Math.Min(Asked++, answers.Length - 1)].Select(IPAddress.Parse).ToArray());
    }
}
