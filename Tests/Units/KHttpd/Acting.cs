using NooksOS.Contracts;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>Orders to crash and to switch extensions, and who may give them.</summary>
public sealed class Acting
{
    private const string Json = "Content-Type: application/json\r\n";
    private const string Order = "{\"extension\":\"e1000\",\"kind\":\"wild-write\"}";

    private readonly ServerRig _rig = new();

    [Fact]
    public void AnOrderIsPassedOn()
    {
        Assert.Equal(202, _rig.Post("/api/crash", Order, Json).Status);
        Assert.Equal(202, _rig.Post(
            "/api/isolate", "{ \"mode\": \"direct\", \"extension\": \"tcpip\" }", "Content-Type: Application/JSON; charset=utf-8\r\n").Status);
        Assert.Equal(["crash e1000 wild-write", "isolate tcpip direct"], _rig.System.Orders);
    }

    [Fact]
    public void AnOrderIsNotGivenAgainByAnotherInstance()
    {
        _rig.Post("/sha256", Order, Json);
        Assert.Empty(_rig.Transport.Committed);
        _rig.Post("/api/crash", Order, Json);
        Assert.Single(_rig.Transport.Committed);
    }

    [Theory]
    [InlineData(CallStatus.NotFound, 404)]
    [InlineData(CallStatus.Busy, 409)]
    [InlineData(CallStatus.NotSupported, 503)]
    public void ARefusalOfTheKernelsIsPassedOn(CallStatus answer, int status)
    {
        _rig.System.Answer = answer;
        Assert.Equal(status, _rig.Post("/api/crash", Order, Json).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"extension\":\"e1000\"}")]
    [InlineData("{\"kind\":\"null\"}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":1}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":[\"null\"]}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":\"\"}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":\"a b\"}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":\"n\\u0075ll\"}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":\"null\",\"more\":\"x\"}")]
    [InlineData("{\"extension\":\"e1000\",\"extension\":\"tcpip\",\"kind\":\"null\"}")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":\"null\"} x")]
    [InlineData("{\"extension\":\"e1000\",\"kind\":\"null\"")]
    [InlineData("{\"extension\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"kind\":\"null\"}")]
    public void AMalformedOrderIsRefused(string body)
    {
        Assert.Equal(400, _rig.Post("/api/crash", body, Json).Status);
        Assert.Empty(_rig.System.Orders);
    }

    [Fact]
    public void ALongOrderIsRefused()
        => Assert.Equal(413, _rig.Post("/api/crash", Order + new string(' ', 1000), Json).Status);

    [Theory]
    [InlineData("10.0.2.15", "http://10.0.2.15", 202)]
    [InlineData("localhost:8080", "http://localhost:8080", 202)]
    [InlineData("[::1]:80", "http://[::1]:80", 202)]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8081", 403)]
    [InlineData("10.0.2.15", "https://10.0.2.15", 403)]
    [InlineData("10.0.2.15", "http://evil.example", 403)]
    [InlineData("10.0.2.15", "null", 403)]
    [InlineData("evil.example", "http://evil.example", 403)]
    [InlineData("10.0.2.15.evil.example", "http://10.0.2.15.evil.example", 403)]
    [InlineData("", "http://", 403)]
    public void OnlyOurOwnPageMayGiveOrders(string host, string origin, int status)
    {
        HttpResponse response = Assert.Single(_rig.Exchange(
            $"POST /api/crash HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n{Json}Content-Length: {Order.Length}\r\n\r\n{Order}"));
        Assert.Equal(status, response.Status);
        Assert.Equal(status == 202 ? 1 : 0, _rig.System.Orders.Count);
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\n")]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\n")]
    [InlineData("")]
    public void WhatAPageMaySendAnywhereIsNoOrder(string type)
    {
        Assert.Equal(415, _rig.Post("/api/crash", Order, type).Status);
        Assert.Empty(_rig.System.Orders);
    }

    [Fact]
    public void AnOrderHasABody() => Assert.Equal(411, _rig.Request("POST", "/api/crash", Json).Status);
}
