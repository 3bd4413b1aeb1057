using System.Text;
using CsCheck;

namespace Headrace.Jq.Tests;

/// <summary>A program gives what Debian's jq command gives: every output and every error, over random JSON.</summary>
public sealed class JqCommandAgreementTests
{
    [Theory]
    [InlineData(".")]
    [InlineData(".a")]
    [InlineData(".[]")]
    [InlineData("..")]
    [InlineData("keys, length")]
    [InlineData("tojson | fromjson")]
    [InlineData(".a, .b.quantity, (.list[]? | tostring)")]
    [InlineData("to_entries | map(select(.value != null)) | from_entries")]
    [InlineData(". + {total: ([.. | numbers] | add)}")]
    [InlineData("[paths(scalars)] | map(map(tostring) | join(\"/\"))")]
    [InlineData("if type == \"object\" then with_entries(.value |= tostring) else error({kind: type}) end")]
    [InlineData("[.. | strings | test(\"[a-z]+\")] | group_by(.) | map({key: (.[0] | tostring), value: length}) | from_entries")]
    [InlineData("[.. | strings | @base64, @uri, ascii_downcase] | unique")]
    [InlineData("label $out | foreach .[]? as $item (0; . + 1; if . > 2 then ., break $out else empty end)")]
    [InlineData("reduce (.. | numbers) as $n (0; . + $n) | floor, sqrt, tostring")]
    [InlineData("try error(\"x\") catch ., .a.b.c")]
    public void A_program_gives_what_the_jq_command_gives(string filter)
    {
        using var program = JqProgram.Compile(filter);
        var outputs = new JqOutputs();
        RandomJson.Texts.Array[40].Sample(texts =>
        {
            var (given, errors) = (new List<string>(), new List<string>());
            foreach (var text in texts)
            {
                var fault = program.Run(Encoding.UTF8.GetBytes(text), outputs);
                for (var i = 0; i < outputs.Count; i++)
                    given.Add(Encoding.UTF8.GetString(outputs[i].Span));
                if (fault is not null)
                    errors.Add(fault.Message);
            }
            var (expected, expectedErrors) = JqCommand.Run(filter, texts);
            given.ShouldBe(expected);
            errors.ShouldBe(expectedErrors);
        }, iter: 6, threads: 1);
    }
}
