<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
<context>
    <name>BigClock</name>
    <message>
        <source>Use-before passed at {time}</source>
        <translation>已于 {time} 超过使用截止时间</translation>
    </message>
    <message>
        <source>Use before {time}</source>
        <translation>使用截止 {time}</translation>
    </message>
</context>
<context>
    <name>ConfirmScanDialog</name>
    <message>
        <source>Wrong scan: stop</source>
        <translation>扫描有误：请停止操作</translation>
    </message>
    <message>
        <source>Typed: {code}</source>
        <translation>手工输入：{code}</translation>
    </message>
    <message>
        <source>Scanned: {code}</source>
        <translation>扫描：{code}</translation>
    </message>
    <message>
        <source>Put it aside. It is recorded as a near miss.</source>
        <translation>请将其放在一旁。本次已记为险失事件。</translation>
    </message>
    <message>
        <source>I have put it aside</source>
        <translation>已放在一旁</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>The curtain is down</source>
        <translation>屏幕已遮蔽</translation>
    </message>
    <message>
        <source>Your work is kept. Enter your password to go on.</source>
        <translation>工作内容已保留。请输入密码继续。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Lift the curtain</source>
        <translation>解除遮屏</translation>
    </message>
    <message>
        <source>The password is being checked.</source>
        <translation>正在核对密码。</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Crash report: {path}</source>
        <translation>故障报告：{path}</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>DocumentPreview</name>
    <message>
        <source>BLINDED</source>
        <translation>盲态</translation>
    </message>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>{count} pages · {name}</source>
        <translation>共 {count} 页 · {name}</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
</context>
<context>
    <name>Entrance</name>
    <message>
        <source>Site Pharmacy</source>
        <translation>试验中心药房</translation>
    </message>
    <message>
        <source>The unblinded pharmacist&apos;s workplace. Everything stays on this machine.</source>
        <translation>非盲药师工作台。所有数据仅保存在本机。</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>the other language, in its own script</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light / dark</source>
        <translation>浅色 / 深色</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>配制台</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>清点</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Oversight</source>
        <translation>监督</translation>
    </message>
</context>
<context>
    <name>PositionMap</name>
    <message>
        <source>free</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>Box map</source>
        <translation>盒位图</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>{place} (Alt+{number})</source>
        <translation>{place}（Alt+{number}）</translation>
    </message>
</context>
<context>
    <name>RefusalsPanel</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Not done, for {count} reasons</source>
        <translation>未执行，原因共 {count} 项</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理办法</translation>
    </message>
</context>
<context>
    <name>ReservedFrame</name>
    <message>
        <source>TRAINING — no real subject, no real product</source>
        <translation>培训模式——无真实受试者，无真实药品</translation>
    </message>
</context>
<context>
    <name>ScanLine</name>
    <message>
        <source>Ready to scan</source>
        <translation>就绪，请扫描</translation>
    </message>
    <message>
        <source>Last scan</source>
        <translation>上次扫描</translation>
    </message>
</context>
<context>
    <name>SignatureDialog</name>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Your password opens your own signing key. Nobody else can sign for you.</source>
        <translation>密码用于打开您本人的签名密钥，他人无法代签。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The signature is being made.</source>
        <translation>正在签名。</translation>
    </message>
</context>
<context>
    <name>SignerBlock</name>
    <message>
        <source>Meaning: {meaning}</source>
        <translation>签名含义：{meaning}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Choose who signs.</source>
        <translation>请选择签名人。</translation>
    </message>
    <message>
        <source>Enter the password.</source>
        <translation>请输入密码。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Nobody is signed in</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>Clock trusted</source>
        <translation>时钟可信</translation>
    </message>
    <message>
        <source>Clock not trusted</source>
        <translation>时钟不可信</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Backup {when}</source>
        <translation>备份 {when}</translation>
    </message>
    <message>
        <source>Exchange {when}</source>
        <translation>数据交换 {when}</translation>
    </message>
    <message>
        <source>Alarms: {count}</source>
        <translation>警报：{count}</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>now</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已中止</translation>
    </message>
</context>
<context>
    <name>TemperaturePlot</name>
    <message>
        <source>{limit} °C limit</source>
        <translation>限值 {limit} °C</translation>
    </message>
    <message>
        <source>Temperature curve, no readings</source>
        <translation>温度曲线，无读数</translation>
    </message>
    <message>
        <source>Temperature curve, {count} readings, {low} to {high} °C</source>
        <translation>温度曲线，共 {count} 个读数，{low} 至 {high} °C</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Curtain</source>
        <translation>遮屏</translation>
    </message>
    <message>
        <source>Find any kit, subject, dose, document or command (Ctrl+K)</source>
        <translation>查找药盒、受试者、剂量、文件或命令（Ctrl+K）</translation>
    </message>
    <message>
        <source>Cover the screen at once; a password lifts it (F12)</source>
        <translation>立即遮屏；输入密码解除（F12）</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>the other language, in its own script</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Change the language of the window</source>
        <translation>切换界面语言</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Change between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
</context>
<context>
    <name>TypedCodeDialog</name>
    <message>
        <source>Type a code</source>
        <translation>手工输入编码</translation>
    </message>
    <message>
        <source>Code as printed</source>
        <translation>标签上印刷的编码</translation>
    </message>
    <message>
        <source>It will be recorded as typed, not scanned.</source>
        <translation>将记录为手工输入，而非扫描。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this code</source>
        <translation>使用此编码</translation>
    </message>
    <message>
        <source>Type the code that is printed beside the symbol.</source>
        <translation>请输入条码旁印刷的编码。</translation>
    </message>
</context>
</TS>
