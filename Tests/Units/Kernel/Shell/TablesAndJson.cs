using System;
using System.Text.Json;
using NooksOS.Kernel.Shell;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Shell;

public sealed class TablesAndJson
{
    private static Table Domains()
    {
        Table table = new(new("DOMAIN", "domain"), new("FAULTS", "faults"), new("ISOLATED", "isolated"), new("NOTE", "note"));
        table.Add("e1000", 12, true, null);
        table.Add("tcpip", 3ul, false, "a \"b\"\n\u0001");
        return table;
    }

    [Fact]
    public void TextIsAlignedAndNumbersStandRight()
        => Assert.Equal(
            """
            DOMAIN  FAULTS  ISOLATED  NOTE
            e1000       12  yes       -
            tcpip        3  no        x

            """.ReplaceLineEndings("\n"),
            Domains().ToText().Replace("a \"b\"\n\u0001", "x", StringComparison.Ordinal));

    [Fact]
    public void JsonIsReadBackUnchanged()
    {
        using JsonDocument document = JsonDocument.Parse(Domains().ToJson());
        JsonElement second = document.RootElement[1];
        Assert.Equal(2, document.RootElement.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, document.RootElement[0].GetProperty("note").ValueKind);
        Assert.Equal(3, second.GetProperty("faults").GetInt32());
        Assert.False(second.GetProperty("isolated").GetBoolean());
        Assert.Equal("a \"b\"\n\u0001", second.GetProperty("note").GetString());
    }

    [Fact]
    public void AnEmptyTableIsItsHeadingOrAnEmptyArray()
    {
        Table table = new(new TableColumn("A", "a"));
        Assert.Equal("A\n", table.ToText());
        Assert.Equal("[]\n", table.ToJson());
    }

    [Fact]
    public void ARowOfAnotherLengthIsRefused() => Assert.Throws<ArgumentException>(() => Domains().Add("x"));

    [Fact]
    public void NestedDocuments()
    {
        JsonWriter json = new();
        json.BeginObject().Property("a", 1).Name("b").BeginArray().Value(1.5).Value(double.NaN).BeginObject().EndObject().EndArray()
            .Property("c\\", "\ud83d\ude00 \ud800").Property("d", long.MinValue).EndObject();
        Assert.Equal("""{"a":1,"b":[1.5,null,{}],"c\\":"\ud83d\ude00 \ud800","d":-9223372036854775808}""", json.ToString());
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("domains", "domain", 1)]
    [InlineData("hlep", "help", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void EditsAreCounted(string from, string to, int edits) => Assert.Equal(edits, Suggestion.CountEdits(from, to));

    [Theory]
    [InlineData("fault", "faults")]
    [InlineData("dom", "domains")]
    [InlineData("q", null)]
    [InlineData("poweron", "poweroff")]
    public void TheNearestWord(string word, string? nearest)
        => Assert.Equal(nearest, Suggestion.FindNearest(word, ["domains", "faults", "poweroff", "log"]));
}
