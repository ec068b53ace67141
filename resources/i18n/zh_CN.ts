<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
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
</TS>
